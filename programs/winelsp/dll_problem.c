/*
 * Administration of layered providers: DLLs as data
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

#include "winelsp.h"
#include "dll_file.h"
#include "examine.h"

static const WCHAR *data_problem( const void *data, SIZE_T size, enum catalog_store store, const char *export )
{
    static WCHAR buffer[100];
    struct dll_file file;

    if (!dll_file_parse( data, size, &file )) return L"is no DLL";
    if (!file.is_dll) return L"is a program and no DLL";
    if (store == STORE_64 && file.machine == IMAGE_FILE_MACHINE_I386)
        return L"is for 32-bit programs, and this is the catalog of 64-bit ones";
    if (store == STORE_32 && file.machine == IMAGE_FILE_MACHINE_AMD64)
        return L"is for 64-bit programs, and this is the catalog of 32-bit ones";
    if (file.machine != (store == STORE_64 ? IMAGE_FILE_MACHINE_AMD64 : IMAGE_FILE_MACHINE_I386))
        return L"is for another processor";
    if (dll_file_has_export( &file, export )) return NULL;
    swprintf( buffer, ARRAYSIZE(buffer), L"has no %hs, as each provider has", export );
    return buffer;
}

static const WCHAR *file_problem( HANDLE file, enum catalog_store store, const char *export )
{
    const WCHAR *problem = L"cannot be read";
    LARGE_INTEGER size;
    const void *data;
    HANDLE mapping;

    if (!GetFileSizeEx( file, &size ) || size.QuadPart > MAXLONG) return problem;
    if (!size.QuadPart) return L"is no DLL";
    if (!(mapping = CreateFileMappingW( file, NULL, PAGE_READONLY, 0, 0, NULL ))) return problem;
    if ((data = MapViewOfFile( mapping, FILE_MAP_READ, 0, 0, 0 )))
    {
        problem = data_problem( data, size.QuadPart, store, export );
        UnmapViewOfFile( data );
    }
    CloseHandle( mapping );
    return problem;
}

/* Where 32-bit programs find what is in the system folder for them. FALSE if the path is not in there. */
static BOOL redirect( WCHAR path[MAX_PATH] )
{
    WCHAR system[MAX_PATH], wow64[MAX_PATH], redirected[2 * MAX_PATH];
    UINT len = GetSystemDirectoryW( system, MAX_PATH );

    if (!GetSystemWow64DirectoryW( wow64, MAX_PATH )) return FALSE;
    if (_wcsnicmp( path, system, len ) || path[len] != '\\') return FALSE;
    swprintf( redirected, ARRAYSIZE(redirected), L"%ls%ls", wow64, path + len );
    lstrcpynW( path, redirected, MAX_PATH );
    return TRUE;
}

static BOOL file_exists( const WCHAR *path )
{
    return GetFileAttributesW( path ) != INVALID_FILE_ATTRIBUTES;
}

/* Whether the prefix has a system folder for 32-bit programs, and Wine's DLLs in it. */
static BOOL has_wow64(void)
{
    WCHAR path[MAX_PATH];

    GetSystemDirectoryW( path, MAX_PATH - 10 );
    wcscat( path, L"\\ntdll.dll" );
    return redirect( path ) && file_exists( path );
}

/* The file that a path in a catalog stands for. FALSE if it has too long a path. */
static BOOL expand_path( const WCHAR *path, WCHAR expanded[MAX_PATH] )
{
    WCHAR found[MAX_PATH];
    DWORD len = ExpandEnvironmentStringsW( path, expanded, MAX_PATH );

    if (!len || len > MAX_PATH) return FALSE;
    /* LoadLibrary() finds what has no folder in its path. */
    if (!wcspbrk( expanded, L"\\/" ) && SearchPathW( NULL, expanded, L".dll", MAX_PATH, found, NULL ))
        wcscpy( expanded, found );
    return TRUE;
}

const WCHAR *dll_problem( const WCHAR *path, enum catalog_store store, const char *export )
{
    WCHAR expanded[MAX_PATH];
    const WCHAR *problem;
    HANDLE file;

    if (!expand_path( path, expanded )) return L"has too long a path";
    if (store == STORE_64 && sizeof(void *) == 4) return NULL;
    if (store == STORE_32 && sizeof(void *) == 8 && redirect( expanded ) && !has_wow64()) return NULL;
    if (!file_exists( expanded )) return L"is not there";
    file = CreateFileW( expanded, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL );
    if (file == INVALID_HANDLE_VALUE) return L"cannot be opened";
    problem = file_problem( file, store, export );
    CloseHandle( file );
    return problem;
}

BOOL has_dll_for_32( const WCHAR *path )
{
    WCHAR expanded[MAX_PATH];

    return expand_path( path, expanded ) && redirect( expanded ) && file_exists( expanded ) &&
           !dll_problem( expanded, STORE_32, PROVIDER_EXPORT );
}
