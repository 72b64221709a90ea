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
#include "install.h"

/* A file as data: nothing in it runs, and nothing in it is believed. */
struct file_data
{
    BYTE *data;
    size_t size;
};

static BOOL read_file( const WCHAR *name, struct file_data *ret )
{
    LARGE_INTEGER size;
    DWORD count;
    HANDLE file;

    ret->data = NULL;
    file = CreateFileW( name, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                        OPEN_EXISTING, 0, NULL );
    if (file == INVALID_HANDLE_VALUE) return FALSE;

    if (GetFileSizeEx( file, &size ) && size.QuadPart <= MAXLONG && (ret->data = malloc( size.QuadPart + 1 )) &&
        ReadFile( file, ret->data, size.QuadPart, &count, NULL ))
    {
        ret->size = count;
    }
    else
    {
        free( ret->data );
        ret->data = NULL;
    }
    CloseHandle( file );
    return !!ret->data;
}

/* So many bytes of the file at an offset; NULL if it does not have them. */
static const void *get_data( const struct file_data *file, ULONG64 offset, ULONG64 size )
{
    if (offset > file->size || size > file->size - offset) return NULL;
    return file->data + offset;
}

/* The headers of a DLL that were found to be in the file. */
struct dll_headers
{
    const IMAGE_FILE_HEADER *header;
    const IMAGE_SECTION_HEADER *sections;
    DWORD exports;                          /* address of the export directory, 0 if there is none */
};

static BOOL get_headers( const struct file_data *file, struct dll_headers *ret )
{
    const IMAGE_DOS_HEADER *dos = get_data( file, 0, sizeof(*dos) );
    const IMAGE_OPTIONAL_HEADER32 *optional32;
    const IMAGE_OPTIONAL_HEADER64 *optional64;
    ULONG64 offset;
    const DWORD *signature;

    if (!dos || dos->e_magic != IMAGE_DOS_SIGNATURE) return FALSE;
    offset = (DWORD)dos->e_lfanew;
    if (!(signature = get_data( file, offset, sizeof(*signature) )) || *signature != IMAGE_NT_SIGNATURE) return FALSE;
    offset += sizeof(*signature);
    if (!(ret->header = get_data( file, offset, sizeof(*ret->header) ))) return FALSE;

    offset += sizeof(*ret->header);
    optional32 = get_data( file, offset, sizeof(*optional32) );
    optional64 = get_data( file, offset, sizeof(*optional64) );
    if (optional64 && optional64->Magic == IMAGE_NT_OPTIONAL_HDR64_MAGIC)
        ret->exports = optional64->DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress;
    else if (optional32 && optional32->Magic == IMAGE_NT_OPTIONAL_HDR32_MAGIC)
        ret->exports = optional32->DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress;
    else
        return FALSE;

    offset += ret->header->SizeOfOptionalHeader;
    ret->sections = get_data( file, offset, ret->header->NumberOfSections * sizeof(*ret->sections) );
    return !!ret->sections;
}

/* So many bytes at an address in the loaded image; NULL if the file does not have them. */
static const void *get_image_data( const struct file_data *file, const struct dll_headers *dll, DWORD address,
                                   ULONG64 size )
{
    unsigned int i;

    for (i = 0; i < dll->header->NumberOfSections; ++i)
    {
        const IMAGE_SECTION_HEADER *section = &dll->sections[i];
        DWORD offset = address - section->VirtualAddress;

        if (address < section->VirtualAddress || offset >= section->SizeOfRawData) continue;
        return get_data( file, (ULONG64)section->PointerToRawData + offset, size );
    }
    return NULL;
}

static BOOL has_export( const struct file_data *file, const struct dll_headers *dll, const char *name )
{
    const IMAGE_EXPORT_DIRECTORY *exports;
    const DWORD *names;
    DWORD i;

    if (!dll->exports || !(exports = get_image_data( file, dll, dll->exports, sizeof(*exports) ))) return FALSE;
    names = get_image_data( file, dll, exports->AddressOfNames, (ULONG64)exports->NumberOfNames * sizeof(*names) );
    if (!names) return FALSE;

    for (i = 0; i < exports->NumberOfNames; ++i)
    {
        const char *export = get_image_data( file, dll, names[i], strlen( name ) + 1 );

        if (export && !strcmp( export, name )) return TRUE;
    }
    return FALSE;
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
    struct dll_headers dll;
    struct file_data file;
    WCHAR name[MAX_PATH];

    if (!get_file_name( kind, path, name ))
    {
        TRACE( "each program looks for %s itself\n", debugstr_w(path) );
        return 0;
    }
    if (!read_file( name, &file ))
    {
        WARN( "Cannot read %s, error %lu: no program can use the layer while it is so.\n", debugstr_w(name),
              GetLastError() );
        return 0;
    }

    if (!get_headers( &file, &dll )) reason = "is not a DLL";
    else if (dll.header->Machine != machine_of( kind )) reason = "is not for the programs of this catalog";
    else if (!has_export( &file, &dll, "WSPStartup" )) reason = "does not export WSPStartup";
    free( file.data );

    if (!reason) return 0;
    WARN( "%s %s.\n", debugstr_w(name), reason );
    return WSAEINVALIDPROCTABLE;
}
