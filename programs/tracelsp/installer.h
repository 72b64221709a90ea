/*
 * Installer of tracelsp
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


#ifndef __TRACELSP_INSTALLER_H
#define __TRACELSP_INSTALLER_H

#include <stdlib.h>
#include <stdio.h>
#include <wchar.h>

#include <winsock2.h>
#include <ws2spi.h>
#include <sporder.h>

/* The name of the layer in the catalog, and of its DLL. */
#define LSP_NAME L"tracelsp"
#define LSP_DLL  L"tracelsp.dll"

struct options
{
    BOOL ifs;
    const WCHAR *trace_file;    /* NULL: no trace */
    const WCHAR **over;         /* names of protocols */
    int over_count;             /* 0: the usual ones */
};

/* --- main.c --- */

/* One line on stderr. Returns 1, the exit code for what failed. */
extern int fail( const WCHAR *format, ... );

/* The same for a function of Winsock, with the name of the error and what can be done about it. */
extern int fail_call( const WCHAR *function, int error );

/* --- catalog.c --- */

/* A catalog: the one that this program's own kind of processes has, or, in a 64-bit program, the one of 32-bit
 * processes. */
struct catalog
{
    const WCHAR *name;
    int (WSPAPI *enum_protocols)( int *protocols, WSAPROTOCOL_INFOW *entries, DWORD *size, int *error );
    int (WSPAPI *get_path)( GUID *provider, WCHAR *path, int *len, int *error );
    int (WSPAPI *deinstall)( GUID *provider, int *error );
    int (WSPAPI *write_order)( DWORD *ids, DWORD count );
    WSAPROTOCOL_INFOW *entries;
    int count;
};

#define MAX_CATALOGS 2

/* Fills the array with the catalogs that can be reached, own one first, and returns their number. */
extern int catalogs_init( struct catalog *catalogs );

/* Reads the entries, anew if they were read before. Returns 0, or the exit code after a line on stderr. */
extern int catalog_read( struct catalog *catalog );
extern void catalogs_free( struct catalog *catalogs, int count );

/* An entry by its id, its provider or its name; NULL if there is none. */
extern WSAPROTOCOL_INFOW *catalog_find_id( const struct catalog *catalog, DWORD id );
extern WSAPROTOCOL_INFOW *catalog_find_provider( const struct catalog *catalog, const GUID *provider );
extern WSAPROTOCOL_INFOW *catalog_find_name( const struct catalog *catalog, const WCHAR *name );

/* Is it an entry of this layer, by the name of its DLL? So it can be removed when the DLL is gone. */
extern BOOL catalog_is_ours( const struct catalog *catalog, const WSAPROTOCOL_INFOW *entry );

/* Installs one entry, into both catalogs if both is TRUE. Returns 0, or the exit code after a line on stderr. */
extern int install_entry( GUID *provider, const WCHAR *path, WSAPROTOCOL_INFOW *entry, BOOL both );

/* --- install.c, remove.c: what the program does; they return the exit code --- */

extern int install( const struct options *options );
extern int remove_all(void);

/* --- trace_file.c --- */

/* Tells the layer where to write, or not to write when name is NULL. A file that cannot be written is refused. Returns
 * 0, or the exit code after a line on stderr. */
extern int set_trace_file( const WCHAR *name );
extern void delete_trace_file(void);

#endif /* __TRACELSP_INSTALLER_H */
