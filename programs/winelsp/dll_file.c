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
#include "examine.h"

/* A file in memory. Nothing of it can be relied on. */
struct image
{
    const BYTE *data;
    DWORD size;
    const IMAGE_FILE_HEADER *header;
    const IMAGE_SECTION_HEADER *sections;
    IMAGE_DATA_DIRECTORY exports;
};

/* A part of the file; NULL if the file does not have it. */
static const void *get_part( const struct image *image, DWORD offset, DWORD size )
{
    if (offset > image->size || size > image->size - offset) return NULL;
    return image->data + offset;
}

/* The part that is loaded at an address relative to the module. */
static const void *get_loaded_part( const struct image *image, DWORD address, DWORD size )
{
    unsigned int i;

    for (i = 0; i < image->header->NumberOfSections; ++i)
    {
        const IMAGE_SECTION_HEADER *section = &image->sections[i];
        DWORD offset = address - section->VirtualAddress;

        if (address < section->VirtualAddress || offset >= section->SizeOfRawData) continue;
        if (size > section->SizeOfRawData - offset || offset + section->PointerToRawData < offset) return NULL;
        return get_part( image, section->PointerToRawData + offset, size );
    }
    return NULL;
}

static BOOL string_equals( const struct image *image, DWORD address, const char *string )
{
    const char *loaded = get_loaded_part( image, address, strlen( string ) + 1 );

    return loaded && !memcmp( loaded, string, strlen( string ) + 1 );
}

static BOOL has_export( const struct image *image, const char *name )
{
    const IMAGE_EXPORT_DIRECTORY *directory;
    DWORD address, i;
    const DWORD *names;

    if (!(directory = get_loaded_part( image, image->exports.VirtualAddress, sizeof(*directory) ))) return FALSE;
    if (directory->NumberOfNames > image->size / sizeof(*names)) return FALSE;
    if (!(names = get_loaded_part( image, directory->AddressOfNames, directory->NumberOfNames * sizeof(*names) )))
        return FALSE;
    for (i = 0; i < directory->NumberOfNames; ++i)
    {
        memcpy( &address, &names[i], sizeof(address) );
        if (string_equals( image, address, name )) return TRUE;
    }
    return FALSE;
}

/* Finds the headers; FALSE if it is no executable file. */
static BOOL parse_headers( struct image *image )
{
    const IMAGE_DOS_HEADER *dos = get_part( image, 0, sizeof(*dos) );
    const IMAGE_OPTIONAL_HEADER32 *optional32;
    const IMAGE_OPTIONAL_HEADER64 *optional64;
    const DWORD *signature;
    DWORD offset;

    if (!dos || dos->e_magic != IMAGE_DOS_SIGNATURE) return FALSE;
    offset = dos->e_lfanew;
    if (!(signature = get_part( image, offset, sizeof(*signature) )) || *signature != IMAGE_NT_SIGNATURE) return FALSE;
    offset += sizeof(*signature);
    if (!(image->header = get_part( image, offset, sizeof(*image->header) ))) return FALSE;
    offset += sizeof(*image->header);

    optional32 = get_part( image, offset, sizeof(*optional32) );
    optional64 = get_part( image, offset, sizeof(*optional64) );
    if (optional32 && optional32->Magic == IMAGE_NT_OPTIONAL_HDR32_MAGIC)
        image->exports = optional32->DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT];
    else if (optional64 && optional64->Magic == IMAGE_NT_OPTIONAL_HDR64_MAGIC)
        image->exports = optional64->DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT];
    else return FALSE;

    offset += image->header->SizeOfOptionalHeader;
    image->sections = get_part( image, offset, image->header->NumberOfSections * sizeof(*image->sections) );
    return image->sections != NULL;
}

static const WCHAR *image_problem( struct image *image, enum catalog_store store )
{
    if (!parse_headers( image )) return L"is no DLL";
    if (!(image->header->Characteristics & IMAGE_FILE_DLL)) return L"is a program and no DLL";
    if (store == STORE_64 && image->header->Machine == IMAGE_FILE_MACHINE_I386)
        return L"is for 32-bit programs, and this is the catalog of 64-bit ones";
    if (store == STORE_32 && image->header->Machine == IMAGE_FILE_MACHINE_AMD64)
        return L"is for 64-bit programs, and this is the catalog of 32-bit ones";
    if (image->header->Machine != (store == STORE_64 ? IMAGE_FILE_MACHINE_AMD64 : IMAGE_FILE_MACHINE_I386))
        return L"is for another processor";
    if (!has_export( image, "WSPStartup" )) return L"has no WSPStartup, as each provider has";
    return NULL;
}

static const WCHAR *file_problem( HANDLE file, enum catalog_store store )
{
    const WCHAR *problem = L"cannot be read";
    struct image image = {0};
    LARGE_INTEGER size;
    HANDLE mapping;

    if (!GetFileSizeEx( file, &size ) || size.QuadPart > MAXLONG) return problem;
    if (!size.QuadPart) return L"is no DLL";
    if (!(mapping = CreateFileMappingW( file, NULL, PAGE_READONLY, 0, 0, NULL ))) return problem;
    if ((image.data = MapViewOfFile( mapping, FILE_MAP_READ, 0, 0, 0 )))
    {
        image.size = size.QuadPart;
        problem = image_problem( &image, store );
        UnmapViewOfFile( image.data );
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

const WCHAR *dll_file_problem( const WCHAR *path, enum catalog_store store )
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
    problem = file_problem( file, store );
    CloseHandle( file );
    return problem;
}

BOOL has_dll_for_32( const WCHAR *path )
{
    WCHAR expanded[MAX_PATH];

    return expand_path( path, expanded ) && redirect( expanded ) && file_exists( expanded ) &&
           !dll_file_problem( expanded, STORE_32 );
}
