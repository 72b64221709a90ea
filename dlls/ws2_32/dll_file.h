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

#ifndef __WINELSP_DLL_FILE_H
#define __WINELSP_DLL_FILE_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"

/* Whether a file can be the DLL of a provider is told without running anything in it, and so without believing
 * anything in it. These functions need nothing but the bytes of the file, so that they are also built into winelsp.exe
 * and, natively, into a fuzz target; any thread may call them. */

struct dll_file
{
    const BYTE *data;           /* the caller's */
    SIZE_T size;
    SIZE_T sections;            /* where in the file they are */
    unsigned int section_count;
    DWORD exports;              /* address of the export directory in the loaded DLL, 0 without one */
    WORD machine;               /* IMAGE_FILE_MACHINE_* */
    BOOL is_dll;                /* FALSE for a program */
};

/* --- dll_file.c --- */

/* Finds the headers in the size bytes of a file, which need no alignment, and stay valid and the caller's for as long
 * as *ret is used. FALSE if it is no executable file, and then *ret is not for use. */
extern BOOL dll_file_parse( const void *data, SIZE_T size, struct dll_file *ret );

/* Whether the file exports a name. */
extern BOOL dll_file_has_export( const struct dll_file *file, const char *name );

#endif /* __WINELSP_DLL_FILE_H */
