/*
 * Tests of the catalog tool: running it
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

#ifndef __WINELSP_TESTS_TOOL_UTIL_H
#define __WINELSP_TESTS_TOOL_UTIL_H

#include "catalog_util.h"

/* What the last run of the program gave. */
struct tool_result
{
    int status;
    char out[100000];
    char err[4000];
};

extern struct tool_result run_result;

/* Runs winelsp.exe. */
extern void run_tool( const WCHAR *args );

/* Runs it; it has to succeed without a word on standard error. */
#define check_success( args ) check_success_( __FILE__, __LINE__, args )
extern void check_success_( const char *file, int line, const WCHAR *args );

/* Runs it; it has to fail with a message that contains the text, and change nothing in the registry. */
#define check_failure( args, status, text ) check_failure_( __FILE__, __LINE__, args, status, text )
extern void check_failure_( const char *file, int line, const WCHAR *args, int status, const char *text );

/* All bytes below the Parameters of Winsock, without Serial_Access_Num, which each change changes. The data are freed
 * by the caller. */
struct dump
{
    BYTE *data;
    DWORD size;
};

extern void dump_registry( struct dump *dump );

/* Checks that the registry is what the dump has. */
#define check_registry( expected ) check_registry_( __FILE__, __LINE__, expected )
extern void check_registry_( const char *file, int line, const struct dump *expected );

/* The path of a file, which is not there, in the folder for temporary files. */
extern void scratch_path( const WCHAR *name, WCHAR path[MAX_PATH] );

/* The bytes of a file, with a 0 behind, in memory that the caller frees. */
extern char *read_file( const WCHAR *path, DWORD *size );
extern void write_file( const WCHAR *path, const void *data, DWORD size );

#endif /* __WINELSP_TESTS_TOOL_UTIL_H */
