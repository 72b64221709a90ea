/*
 * Transport catalog: the DLL that a provider is installed with
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include "ws2_32_private.h"
#include "dll_file.h"
#include "install.h"

/* The bytes of a file, to be freed with free(); NULL if it cannot be read. */
static void *read_file( const WCHAR *name, SIZE_T *ret_size )
{
    LARGE_INTEGER size;
    void *data = NULL;
    DWORD count;
    HANDLE file;

    file = CreateFileW( name, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                        OPEN_EXISTING, 0, NULL );
    if (file == INVALID_HANDLE_VALUE) return NULL;

    if (GetFileSizeEx( file, &size ) && size.QuadPart <= MAXLONG && (data = malloc( size.QuadPart + 1 )) &&
        ReadFile( file, data, size.QuadPart, &count, NULL ))
    {
        *ret_size = count;
    }
    else
    {
        free( data );
        data = NULL;
    }
    CloseHandle( file );
    return data;
}

static WORD machine_of( enum catalog_kind kind )
{
    return kind == CATALOG_NATIVE && sizeof(void *) == 8 ? IMAGE_FILE_MACHINE_AMD64 : IMAGE_FILE_MACHINE_I386;
}

static BOOL expand( const WCHAR *path, WCHAR ret[MAX_PATH] )
{
    DWORD size = ExpandEnvironmentStringsW( path, ret, MAX_PATH );

    return size && size <= MAX_PATH;
}

/* What is behind the system directory in an expanded path; NULL for a path to somewhere else. */
static const WCHAR *skip_system_directory( const WCHAR *path )
{
    WCHAR system[MAX_PATH];
    DWORD len = GetSystemDirectoryW( system, ARRAY_SIZE(system) );

    return !_wcsnicmp( path, system, len ) && path[len] == '\\' ? path + len : NULL;
}

BOOL is_redirected_path( const WCHAR *path )
{
    WCHAR expanded[MAX_PATH];

    return expand( path, expanded ) && skip_system_directory( expanded );
}

#ifdef _WIN64
/* The variables that differ in 32-bit processes, and what these have in them. */
static const WCHAR *const variables32[][2] =
{
    {L"%ProgramFiles%\\", L"%ProgramFiles(x86)%\\"},
    {L"%CommonProgramFiles%\\", L"%CommonProgramFiles(x86)%\\"},
};

/* Expands a path as 32-bit processes do. */
static BOOL expand32( const WCHAR *path, WCHAR ret[MAX_PATH] )
{
    WCHAR path32[MAX_PATH + 32], buffer[MAX_PATH];
    const WCHAR *prefix = L"", *tail;
    unsigned int i, len;
    UINT system_len;

    for (i = 0; i < ARRAY_SIZE(variables32); ++i)
    {
        len = wcslen( variables32[i][0] );
        if (_wcsnicmp( path, variables32[i][0], len )) continue;
        prefix = variables32[i][1];
        path += len;
        break;
    }
    swprintf( path32, ARRAY_SIZE(path32), L"%ls%ls", prefix, path );
    if (!expand( path32, buffer )) return FALSE;

    if (!(tail = skip_system_directory( buffer ))) wcscpy( ret, buffer );
    else
    {
        system_len = GetSystemWow64DirectoryW( ret, MAX_PATH );
        if (!system_len || system_len + wcslen( tail ) >= MAX_PATH) return FALSE;
        wcscpy( ret + system_len, tail );
    }
    return TRUE;
}
#endif

/* The file that the processes of a catalog load for a path; FALSE if it depends on the process. */
static BOOL get_file_name( enum catalog_kind kind, const WCHAR *path, WCHAR ret[MAX_PATH] )
{
#ifdef _WIN64
    if (kind == CATALOG_32 && !expand32( path, ret )) return FALSE;
#endif
    if (kind == CATALOG_NATIVE && !expand( path, ret )) return FALSE;
    return (ret[0] == '\\' && ret[1] == '\\') || (ret[0] && ret[1] == ':');
}

int check_provider_file( enum catalog_kind kind, const WCHAR *path )
{
    const char *reason = NULL;
    WCHAR name[MAX_PATH];
    struct dll_file file;
    SIZE_T size;
    void *data;

    if (!get_file_name( kind, path, name ))
    {
        TRACE( "each program looks for %s itself\n", debugstr_w(path) );
        return 0;
    }
    if (!(data = read_file( name, &size )))
    {
        WARN( "Cannot read %s, error %lu: no program can use the layer while it is so.\n", debugstr_w(name),
              GetLastError() );
        return 0;
    }

    if (!dll_file_parse( data, size, &file ) || !file.is_dll) reason = "is not a DLL";
    else if (file.machine != machine_of( kind )) reason = "is not for the programs of this catalog";
    else if (!dll_file_has_export( &file, "WSPStartup" )) reason = "does not export WSPStartup";
    free( data );

    if (!reason) return 0;
    WARN( "%s %s.\n", debugstr_w(name), reason );
    return WSAEINVALIDPROCTABLE;
}
