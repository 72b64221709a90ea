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

/* Of a provider: no name-space page says how long they may be. A name has the bound of the other catalog's, a path
 * that of file names, and what is larger than such a blob does not belong into the registry. */
#define NAMESPACE_NAME_LEN  WSAPROTOCOL_LEN
#define NAMESPACE_INFO_SIZE 0x100000

struct namespace_provider
{
    GUID id;
    DWORD name_space;           /* NS_* */
    DWORD version;
    BOOL enabled;
    BOOL stores_class_info;
    WCHAR name[NAMESPACE_NAME_LEN + 1];
    WCHAR path[MAX_PATH];       /* of the provider's DLL, with environment strings unexpanded */
    DWORD info_size;
    void *info;                 /* the provider's own blob, NULL without; freed with free() */
};

/* A copy of a name-space catalog, in order. */
struct namespace_catalog
{
    unsigned int count;
    struct namespace_provider *providers;
};

/* --- namespace.c --- */

/* Reads a catalog from the registry into an empty one, whose providers the caller frees with
 * namespace_catalog_clear(). Missing keys mean the base providers, which are then written too, if that is possible.
 * Malformed entries are left out, with a WARN. Returns 0, WSA_NOT_ENOUGH_MEMORY, WSAEACCES without rights, or
 * WSASYSCALLFAILURE when the registry cannot be read otherwise; the catalog is then empty. Any thread; holds no lock
 * on return. */
extern int namespace_catalog_read( enum catalog_kind kind, struct namespace_catalog *catalog );

/* Frees the providers, and leaves an empty catalog. */
extern void namespace_catalog_clear( struct namespace_catalog *catalog );

/* The provider with a GUID; NULL if there is none. It belongs to the catalog. */
extern struct namespace_provider *namespace_find( const struct namespace_catalog *catalog, const GUID *id );

/* Appends a provider, whose info is the catalog's from then on. FALSE without memory: both are then as they were. */
extern BOOL namespace_add( struct namespace_catalog *catalog, const struct namespace_provider *provider );

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
