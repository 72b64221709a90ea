/*
 * Fuzz target: files that are given as the DLL of a provider
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


/* An input is a file. For libFuzzer, whose buffer ends where the input does: AddressSanitizer sees a read beyond it. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dll_file.h"

#define CHECK( expr ) do { if (!(expr)) abort(); } while (0)

static BOOL has_string( const uint8_t *data, size_t size, const char *string )
{
    size_t length = strlen( string ) + 1, i;

    for (i = 0; i + length <= size; ++i)
        if (!memcmp( data + i, string, length )) return TRUE;
    return FALSE;
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size );

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    static const char *const names[] = {"WSPStartup", "NSPStartup", ""};
    struct dll_file file;
    unsigned int i;

    if (!dll_file_parse( data, size, &file )) return 0;

    /* A DLL without the name in it cannot export it. */
    for (i = 0; i < ARRAYSIZE(names); ++i)
        CHECK( !dll_file_has_export( &file, names[i] ) || has_string( data, size, names[i] ) );
    return 0;
}
