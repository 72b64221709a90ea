/*
 * Transport catalog: judging what the registry holds
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

#ifndef __WINELSP_CATALOG_PARSE_H
#define __WINELSP_CATALOG_PARSE_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#include "winsock2.h"

/* Any program can write to the catalog's keys, so that what is read from them may be any bytes. These functions
 * tell what is an entry or a journal and what is not. They need nothing but memory, so that they are also built
 * into winelsp.exe and, natively, into the fuzz target; any thread may call them. */

/* The keys below Protocol_Catalog9 that hold a catalog each (§14.1). */
enum catalog_store
{
    STORE_32,   /* Catalog_Entries: of 32-bit processes */
    STORE_64,   /* Catalog_Entries64: of 64-bit processes, in a 64-bit prefix only */
    STORE_COUNT,
};

/* The value PackedCatalogItem (§14.1). */
struct packed_entry
{
    char path[MAX_PATH];        /* ANSI, terminated */
    WSAPROTOCOL_INFOW info;
};

C_ASSERT( sizeof(struct packed_entry) == 888 );

/* The value Pending_Catalog below Protocol_Catalog9: the new state of all catalogs, there while a writer puts it
 * into the keys. It is what counts as long as it is there, since setting one value is atomic and rewriting
 * many keys is not. Ours alone: Windows has no such value. */
struct journal
{
    DWORD magic;
    DWORD next_id;
    DWORD serial;
    DWORD counts[STORE_COUNT];
    struct packed_entry entries[];  /* of all stores, one behind the other */
};

#define JOURNAL_MAGIC 0x3170736c    /* "lsp1" */

/* --- catalog_parse.c --- */

/* Whether a key below Catalog_Entries(64) has a name that an entry can have: 12 decimal digits (§14.1). */
#define ENTRY_KEY_NAME_LEN 12
extern BOOL is_entry_key_name( const WCHAR *name );

/* Whether the size bytes at data, which need no alignment, are the PackedCatalogItem of an entry. Returns NULL and
 * copies it into *ret, with its path and its name terminated; or returns the reason why it is none, as the end of
 * a sentence for a message, and leaves *ret alone. Nothing is read but these bytes. What only the entries beside
 * it tell, that its id is taken or its chain has a missing element, is not looked at. */
extern const char *packed_entry_parse( const void *data, SIZE_T size, struct packed_entry *ret );

/* The reason of that kind for an entry that comes behind another with its id. */
#define REASON_ID_TAKEN "an entry before it has its id"

/* Whether the size bytes at data, which need no alignment, are a journal: NULL, or the reason as above. An entry
 * in a journal can still be none; packed_entry_parse() judges it. */
extern const char *journal_check( const void *data, SIZE_T size );

/* The counts[store] entries of a store in a journal that journal_check() found nothing wrong with. */
extern const struct packed_entry *journal_entries( const struct journal *journal, enum catalog_store store );

#endif /* __WINELSP_CATALOG_PARSE_H */
