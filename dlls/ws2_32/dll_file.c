/*
 * DLLs of providers as data
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

#include <string.h>

#include "dll_file.h"

static BOOL has_part( const struct dll_file *file, ULONG64 offset, ULONG64 size )
{
    return offset <= file->size && size <= file->size - offset;
}

/* Copies a part of the file; FALSE if the file does not have it. */
static BOOL read_part( const struct dll_file *file, ULONG64 offset, void *ret, SIZE_T size )
{
    if (!has_part( file, offset, size )) return FALSE;
    memcpy( ret, file->data + offset, size );
    return TRUE;
}

static BOOL read_optional_header( struct dll_file *file, ULONG64 offset )
{
    IMAGE_OPTIONAL_HEADER32 optional32;
    IMAGE_OPTIONAL_HEADER64 optional64;
    WORD magic;

    if (!read_part( file, offset, &magic, sizeof(magic) )) return FALSE;
    if (magic == IMAGE_NT_OPTIONAL_HDR32_MAGIC && read_part( file, offset, &optional32, sizeof(optional32) ))
    {
        file->exports = optional32.DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress;
        return TRUE;
    }
    if (magic == IMAGE_NT_OPTIONAL_HDR64_MAGIC && read_part( file, offset, &optional64, sizeof(optional64) ))
    {
        file->exports = optional64.DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress;
        return TRUE;
    }
    return FALSE;
}

BOOL dll_file_parse( const void *data, SIZE_T size, struct dll_file *ret )
{
    IMAGE_FILE_HEADER header;
    IMAGE_DOS_HEADER dos;
    DWORD signature;
    ULONG64 offset;

    memset( ret, 0, sizeof(*ret) );
    ret->data = data;
    ret->size = size;

    if (!read_part( ret, 0, &dos, sizeof(dos) ) || dos.e_magic != IMAGE_DOS_SIGNATURE) return FALSE;
    offset = (DWORD)dos.e_lfanew;
    if (!read_part( ret, offset, &signature, sizeof(signature) ) || signature != IMAGE_NT_SIGNATURE) return FALSE;
    offset += sizeof(signature);
    if (!read_part( ret, offset, &header, sizeof(header) )) return FALSE;
    offset += sizeof(header);
    if (!read_optional_header( ret, offset )) return FALSE;

    ret->machine = header.Machine;
    ret->is_dll = (header.Characteristics & IMAGE_FILE_DLL) != 0;
    ret->sections = offset + header.SizeOfOptionalHeader;
    ret->section_count = header.NumberOfSections;
    return has_part( ret, ret->sections, (ULONG64)ret->section_count * sizeof(IMAGE_SECTION_HEADER) );
}

/* Finds what the loaded DLL has at an address: where in the file that is, and how many bytes of the section follow.
 * FALSE if nothing there comes from the file. */
static BOOL find_address( const struct dll_file *file, DWORD address, ULONG64 *offset, DWORD *size )
{
    IMAGE_SECTION_HEADER section;
    unsigned int i;

    for (i = 0; i < file->section_count; ++i)
    {
        if (!read_part( file, file->sections + (ULONG64)i * sizeof(section), &section, sizeof(section) )) break;
        if (address < section.VirtualAddress || address - section.VirtualAddress >= section.SizeOfRawData) continue;
        *offset = (ULONG64)section.PointerToRawData + (address - section.VirtualAddress);
        *size = section.SizeOfRawData - (address - section.VirtualAddress);
        return TRUE;
    }
    return FALSE;
}

static BOOL read_address( const struct dll_file *file, DWORD address, void *ret, DWORD size )
{
    ULONG64 offset;
    DWORD there;

    return find_address( file, address, &offset, &there ) && size <= there && read_part( file, offset, ret, size );
}

static BOOL string_equals( const struct dll_file *file, DWORD address, const char *string )
{
    SIZE_T size = strlen( string ) + 1;
    ULONG64 offset;
    DWORD there;

    return find_address( file, address, &offset, &there ) && size <= there && has_part( file, offset, size ) &&
           !memcmp( file->data + offset, string, size );
}

BOOL dll_file_has_export( const struct dll_file *file, const char *name )
{
    IMAGE_EXPORT_DIRECTORY exports;
    ULONG64 names;
    DWORD i, address, there;

    if (!file->exports || !read_address( file, file->exports, &exports, sizeof(exports) )) return FALSE;
    if (!find_address( file, exports.AddressOfNames, &names, &there )) return FALSE;
    if (exports.NumberOfNames > there / sizeof(address)) return FALSE;

    for (i = 0; i < exports.NumberOfNames; ++i)
    {
        if (!read_part( file, names + (ULONG64)i * sizeof(address), &address, sizeof(address) )) break;
        if (string_equals( file, address, name )) return TRUE;
    }
    return FALSE;
}
