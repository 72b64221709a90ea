/*
 * Transport catalog
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

#ifndef __WINELSP_CATALOG_H
#define __WINELSP_CATALOG_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#include "winsock2.h"
#include "ws2spi.h"

/* Which of the two catalogs: that of this process's own bitness, or (in a 64-bit process only) that of
 * 32-bit processes. */
enum catalog_kind
{
    CATALOG_NATIVE,
    CATALOG_32,
};

struct catalog_entry
{
    WSAPROTOCOL_INFOW info;
    WCHAR path[MAX_PATH];   /* of the provider's DLL, with environment strings unexpanded */
};

/* A copy of a catalog, in order. */
struct catalog
{
    unsigned int count;
    struct catalog_entry *entries;
};

/* --- catalog.c --- */

/* Reads a catalog from the registry into *ret, which the caller frees with catalog_free(). Missing keys mean
 * the base entries, which are then written too, if that is possible. Malformed entries are left out, with a
 * WARN. Returns 0, WSA_NOT_ENOUGH_MEMORY, or WSANO_RECOVERY when the registry cannot be read.
 * Any thread; holds no lock on return. */
extern int catalog_read( enum catalog_kind kind, struct catalog **ret );
extern void catalog_free( struct catalog *catalog );

/* The entry with a catalog id, or the first one of a provider; NULL if there is none. The entry belongs to
 * the catalog. */
extern const struct catalog_entry *catalog_find_id( const struct catalog *catalog, DWORD id );
extern const struct catalog_entry *catalog_find_provider( const struct catalog *catalog, const GUID *provider );

/* Whether sockets can come from an entry of the catalog: never from a layer's own, and from a chain when all its
 * elements are there. Installers that remove a layer before its chains leave such orphans for a moment (§15.8.7). */
extern BOOL catalog_entry_is_usable( const struct catalog *catalog, const struct catalog_entry *entry );

/* Inserts copies of entries before the one at index (index == count: at the end). FALSE without memory; the
 * catalog is then as it was. */
extern BOOL catalog_insert( struct catalog *catalog, unsigned int index, const struct catalog_entry *entries,
                            unsigned int count );

/* Whether the registry can hold a path: PackedCatalogItem has 260 bytes of the ANSI code page for it (§14.1). */
extern BOOL catalog_path_fits( const WCHAR *path );

/* Appends the base entries, in their order, to a catalog. FALSE without memory; some may be there then. */
extern BOOL catalog_add_base_entries( struct catalog *catalog );

/* --- catalog_base.c --- */

/* Fills the base entry at an index, counted from 0 in the order of the catalog. FALSE behind the last one. */
extern BOOL catalog_get_base_entry( unsigned int index, struct catalog_entry *entry );

/* --- catalog_store.c --- */

/* The catalogs of the prefix, held for a change that is made to all of them at once. */
struct catalog_edit;

/* Takes the catalogs for a change: other writers, in any process, wait until catalog_edit_end(), which the same
 * thread calls. Returns 0, WSA_NOT_ENOUGH_MEMORY, WSANO_RECOVERY (no rights, or the registry failed), or
 * WSAEINPROGRESS when another writer did not finish in time. Nothing foreign may run in between. */
extern int catalog_edit_begin( struct catalog_edit **ret );

/* The copy of a catalog that the edit holds: the caller changes it in place. */
extern struct catalog *catalog_edit_get( struct catalog_edit *edit, enum catalog_kind kind );

/* A catalog id that no entry of any catalog has. */
extern DWORD catalog_edit_new_id( struct catalog_edit *edit );

/* Writes the changed catalogs. Readers see all of the change or none of it, even if this process is killed
 * inside. Returns 0, WSA_NOT_ENOUGH_MEMORY, or WSANO_RECOVERY when the registry fails or a program that writes the
 * keys itself has changed Serial_Access_Num since catalog_edit_begin(); after an error no entry has changed. What was
 * below Catalog_Entries(64) with the name of an entry, but malformed, is then below "malformed NAME NUMBER" there. */
extern int catalog_edit_commit( struct catalog_edit *edit );

/* Changes Serial_Access_Num alone, after a change of what is not in the entries. The copies of the catalogs are not
 * looked at. Returns 0 or WSANO_RECOVERY. */
extern int catalog_edit_touch( struct catalog_edit *edit );

/* Lets the next writer in, and frees the edit. What was not committed is dropped. */
extern void catalog_edit_end( struct catalog_edit *edit );

/* Writes the base entries of the catalogs that are missing. Failures are only traced. */
extern void catalog_write_missing(void);

#endif /* __WINELSP_CATALOG_H */
