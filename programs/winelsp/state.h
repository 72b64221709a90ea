/*
 * Administration of layered providers: what the registry has of the catalogs
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

#ifndef __WINELSP_STATE_H
#define __WINELSP_STATE_H

#include "catalog_registry.h"
#include "namespace_registry.h"
#include "reg_tree.h"

/* The functions of Winsock hide what is malformed, and change one thing at a time. Checking a catalog, and putting one
 * back as it was, is done in the registry, where no other writer is let in meanwhile. */

/* What a catalog is called. */
struct store
{
    const WCHAR *entries;   /* the key in the registry */
    const WCHAR *count;     /* the value beside it */
    const WCHAR *name;      /* "64-bit", "32-bit" */
};

extern const struct store stores[STORE_COUNT];

/* The catalogs that have readers and writers in other processes. */
#define LIVE_CATALOG_COUNT 2

struct state
{
    HANDLE mutexes[LIVE_CATALOG_COUNT];     /* of the writers; owned by the thread */
    HKEY key;               /* the Parameters of Winsock */
    struct reg_key tree;    /* what is below it, for the caller to change */
};

/* Lets no other writer in, and reads. FALSE after an error message, else the same thread calls state_close(). */
extern BOOL state_open( struct state *state );
extern void state_close( struct state *state );

/* Makes the registry what the tree is, except that each Serial_Access_Num is one that it did not have before, so that
 * readers in other processes notice. To them the change of each of the live catalogs is made at once, even if this
 * process is killed. FALSE after an error message. */
extern BOOL state_write( struct state *state );

/* The entry that a key below Catalog_Entries is. NULL, or the reason why it is none, as catalog_parse.h has it. */
extern const char *parse_entry_key( const struct reg_key *key, struct packed_entry *entry );

/* The same of a name space provider. The info of *provider is in the tree. */
extern const char *parse_provider_key( const struct reg_key *key, struct namespace_provider *provider );

/* The path of an entry, as the functions of Winsock give it. FALSE if its bytes are no characters; it is "" then. */
extern BOOL packed_path( const struct packed_entry *entry, WCHAR path[MAX_PATH] );

/* Whether there are programs of the catalog's kind in this prefix. */
extern BOOL prefix_has_store( enum catalog_store store );

/* The name of the key of an entry, counted from 1, is its place in the catalog. */
extern void set_entry_key_name( struct reg_key *key, unsigned int number );

/* Appends a key for an entry to the keys below Catalog_Entries. */
extern void add_entry( struct reg_key *entries, const struct packed_entry *entry );
extern void add_provider( struct reg_key *entries, const struct namespace_provider *provider );

/* Fills the base entry at an index, as it is in the registry; FALSE behind the last one. */
extern BOOL get_base_entry( unsigned int index, struct packed_entry *entry );

/* --- state_journal.c --- */

struct live_catalog
{
    const WCHAR *name;
    const WCHAR *mutex;
    BOOL (*is_journal)( const void *data, DWORD size );
    void *(*make_journal)( const struct reg_key *catalog, DWORD *size );   /* freed with free() */
};

extern const struct live_catalog live_catalogs[LIVE_CATALOG_COUNT];

/* A journal that a tree had from the registry or a backup. */
struct saved_journal
{
    DWORD type;
    DWORD size;
    void *data;     /* NULL if there was none */
};

/* Gives a catalog in a tree the journal of what it has, unless it has a good one already: then that is what counts.
 * journal_take_back() puts the one there that was there before, or none. */
extern void journal_put( const struct live_catalog *live, struct reg_key *catalog, struct saved_journal *saved );
extern void journal_take_back( struct reg_key *catalog, struct saved_journal *saved );

#endif /* __WINELSP_STATE_H */
