/*
 * The catalogs in the registry: what the transport and the name-space catalog share
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

#ifndef __WINELSP_CATALOG_KEYS_H
#define __WINELSP_CATALOG_KEYS_H

#include "catalog.h"
#include "catalog_parse.h"
#include "winreg.h"

/* The names that a store has below Protocol_Catalog9 and NameSpace_Catalog5 (§14). */
struct store_names
{
    const WCHAR *entries;   /* the key */
    const WCHAR *count;     /* the value beside it */
};

extern const struct store_names store_names[STORE_COUNT];

#define PARAMETERS_KEY L"System\\CurrentControlSet\\Services\\WinSock2\\Parameters"
#define VALUE_SERIAL   L"Serial_Access_Num"

/* The new state of all stores below the key of a catalog, there while a writer puts it into the keys. It is what
 * counts as long as it is there, since setting one value is atomic and rewriting many keys is not. Ours alone:
 * Windows has no such value. */
#define VALUE_JOURNAL  L"Pending_Catalog"

/* A read that a writer disturbed is repeated: each time it finds the writer's journal, unless it falls between
 * two writers. */
#define READ_ATTEMPTS 100

/* Nothing here takes a lock, except where it says so. All of it may be called by any thread. */

/* --- catalog_keys.c --- */

/* Whether the prefix has a store: all have STORE_32. */
extern BOOL store_exists( enum catalog_store store );

/* The store of a catalog, as seen from this process. */
extern enum catalog_store store_from_kind( enum catalog_kind kind );

/* A DWORD value; 0 if it is missing or of another type. */
extern DWORD registry_get_dword( HKEY key, const WCHAR *name );

/* Whether a value is there, of any type. */
extern BOOL registry_value_exists( HKEY key, const WCHAR *name );

/* Reads a value of any type and size into *data, which the caller frees with free(), and its bytes into *size. After
 * an error, also ERROR_FILE_NOT_FOUND, *data is NULL. */
extern LSTATUS registry_get_value( HKEY key, const WCHAR *name, DWORD *type, void **data, DWORD *size );

/* The same for a REG_BINARY value; ERROR_UNSUPPORTED_TYPE if it is another. */
extern LSTATUS registry_get_binary( HKEY key, const WCHAR *name, void **data, DWORD *size );

/* Set a value, unless *status is an error already; store the error, if there is one. */
extern void registry_set_dword( HKEY key, const WCHAR *name, DWORD value, LSTATUS *status );
extern void registry_set_string( HKEY key, const WCHAR *name, const WCHAR *value, LSTATUS *status );
extern void registry_set_binary( HKEY key, const WCHAR *name, const void *data, DWORD size, LSTATUS *status );

/* The name of the key of an entry: 12 digits. The first entry has number 1 (§14.1). */
extern void entry_key_name( unsigned int number, WCHAR name[ENTRY_KEY_NAME_LEN + 1] );

/* Deletes the keys of entries behind the first count. Keys of other names stay: they are no entries, and may be what
 * an edit has set aside. */
extern LSTATUS delete_other_keys( HKEY entries, unsigned int count );

/* Opens the key of a catalog below Parameters with all rights, and makes it with the keys and values above it that
 * Windows has (§14). The value current says which catalog is the live one. */
extern LSTATUS create_catalog_key( const WCHAR *current, const WCHAR *name, HKEY *ret );

/* Waits for the other writers of a catalog, in any process, and takes the mutex of that name for the calling thread,
 * which releases it with unlock_writers(). Returns 0, WSANO_RECOVERY, or WSAEINPROGRESS when another writer did not
 * finish in time. A writer that was killed inside left the old catalog or a journal. */
extern int lock_writers( const WCHAR *name, HANDLE *ret );
extern void unlock_writers( HANDLE mutex );

/* --- malformed_keys.c --- */

/* The keys of a store that have the name of an entry, but are none. */
struct malformed_keys
{
    unsigned int count;
    WCHAR (*names)[ENTRY_KEY_NAME_LEN + 1];     /* freed with free() */
};

/* Adds the name of one. Returns 0 or WSA_NOT_ENOUGH_MEMORY. */
extern int malformed_keys_add( struct malformed_keys *malformed, const WCHAR *name );

/* For a writer, before it writes the keys of the store anew below the key of a catalog: copies each malformed key to
 * a name that no entry has, "malformed NAME NUMBER", so that it is neither lost nor becomes an entry later, like one
 * whose id is taken would when the entry before it goes. A writer that is killed here leaves the originals as they
 * were, to be set aside once more by the next one. */
extern LSTATUS set_malformed_aside( HKEY key, enum catalog_store store, const struct malformed_keys *malformed );

#endif /* __WINELSP_CATALOG_KEYS_H */
