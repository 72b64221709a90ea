/*
 * Name-space catalog
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

#ifndef __WINELSP_NAMESPACE_H
#define __WINELSP_NAMESPACE_H

#include "catalog.h"
#include "namespace_parse.h"

/* --- namespace.c --- */

/* Reads a catalog from the registry into an empty one, whose providers the caller frees with
 * namespace_catalog_clear(). Missing keys mean the base providers, which are then written too, if that is possible.
 * Malformed entries are left out, with a WARN. Returns 0, WSA_NOT_ENOUGH_MEMORY, WSAEACCES without rights, or
 * WSASYSCALLFAILURE when the registry cannot be read otherwise; the catalog is then empty. Any thread; holds no lock
 * on return. */
extern int namespace_catalog_read( enum catalog_kind kind, struct namespace_catalog *catalog );

/* --- namespace_store.c --- */

/* The name-space catalogs of the prefix, held for a change. */
struct namespace_edit;

/* Takes the catalogs for a change: other writers, in any process, wait until namespace_edit_end(), which the same
 * thread calls. Returns 0, WSA_NOT_ENOUGH_MEMORY, WSAEACCES without rights, WSATRY_AGAIN when another writer did not
 * finish in time, or WSASYSCALLFAILURE. Nothing foreign may run in between. */
extern int namespace_edit_begin( struct namespace_edit **ret );

/* The copy of a catalog that the edit holds: the caller changes it in place. */
extern struct namespace_catalog *namespace_edit_get( struct namespace_edit *edit, enum catalog_kind kind );

/* Writes the changed catalogs, once in an edit. Readers see all of the change or none of it, even if this process is
 * killed inside. Returns 0 or the codes of namespace_edit_begin(); after an error nothing has changed. */
extern int namespace_edit_commit( struct namespace_edit *edit );

/* Lets the next writer in, and frees the edit. What was not committed is dropped. */
extern void namespace_edit_end( struct namespace_edit *edit );

/* Writes the base providers of the catalogs that are missing. Failures are only traced. */
extern void namespace_write_missing(void);

#endif /* __WINELSP_NAMESPACE_H */
