/*
 * Administration of layered providers
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

#ifndef __WINELSP_WINELSP_H
#define __WINELSP_WINELSP_H

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "windef.h"
#include "winbase.h"
#include "winsock2.h"
#include "ws2spi.h"
#include "sporder.h"

/* --- output.c --- */

/* Formatted text, as UTF-8 unless it goes to a console, which shows any character. A line is at most 1000
 * characters. */
extern void print( const WCHAR *format, ... );

/* The same to standard error. */
extern void print_error( const WCHAR *format, ... );

/* An error message: "winelsp: " before, a newline behind. Returns 1, an exit status. */
extern int error( const WCHAR *format, ... );

/* Prints a text, which begins in the column indent of a line that has the label so far, and goes on below itself
 * when it does not fit into 80 columns. */
extern void print_wrapped( const WCHAR *label, unsigned int indent, const WCHAR *text );

/* A GUID in the usual form, with braces. */
#define GUID_CHARS 39
extern const WCHAR *guid_string( const GUID *guid, WCHAR buffer[GUID_CHARS] );
extern BOOL parse_guid( const WCHAR *string, GUID *guid );

/* --- catalog.c --- */

struct entry
{
    WSAPROTOCOL_INFOW info;
    WCHAR path[MAX_PATH];
};

/* One of the catalogs that this program can reach: a 64-bit one reaches both, a 32-bit one its own. */
struct catalog
{
    const WCHAR *name;      /* "64-bit", "32-bit" */
    unsigned int count;
    struct entry *entries;
};

#ifdef _WIN64
#define CATALOG_COUNT 2
#else
#define CATALOG_COUNT 1
#endif

extern struct catalog catalogs[CATALOG_COUNT];

/* Reads the catalogs anew. FALSE after an error message. */
extern BOOL read_catalogs(void);

extern const struct entry *find_id( const struct catalog *catalog, DWORD id );

/* "base", "layer" or "chain". */
extern const WCHAR *entry_kind( const struct entry *entry );

/* Removes all entries of a provider; they stay in the memory of this program. FALSE after an error message. */
extern BOOL remove_provider( struct catalog *catalog, const GUID *provider );

/* Puts a catalog into the order of the ids, of which there are as many as entries. FALSE after an error message. */
extern BOOL write_order( struct catalog *catalog, DWORD *ids );

#endif /* __WINELSP_WINELSP_H */
