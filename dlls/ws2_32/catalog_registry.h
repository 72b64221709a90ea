/*
 * Transport catalog: its form in the registry
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

#ifndef __WINELSP_CATALOG_REGISTRY_H
#define __WINELSP_CATALOG_REGISTRY_H

#include "catalog.h"
#include "winreg.h"

/* The keys below Protocol_Catalog9 that hold a catalog each (§14.1). */
enum catalog_store
{
    STORE_32,   /* Catalog_Entries: of 32-bit processes */
    STORE_64,   /* Catalog_Entries64: of 64-bit processes, in a 64-bit prefix only */
    STORE_COUNT,
};

struct store_names
{
    const WCHAR *entries;   /* the key */
    const WCHAR *count;     /* the value beside it */
};

extern const struct store_names store_names[STORE_COUNT];

#define PARAMETERS_KEY L"System\\CurrentControlSet\\Services\\WinSock2\\Parameters"
#define CATALOG_NAME   L"Protocol_Catalog9"
#define CATALOG_KEY    PARAMETERS_KEY L"\\" CATALOG_NAME
#define VALUE_ITEM     L"PackedCatalogItem"
#define VALUE_NEXT_ID  L"Next_Catalog_Entry_ID"
#define VALUE_SERIAL   L"Serial_Access_Num"
#define VALUE_JOURNAL  L"Pending_Catalog"

/* The value PackedCatalogItem. */
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

/* --- catalog.c --- */

/* Whether the prefix has a store: all have STORE_32. */
extern BOOL store_exists( enum catalog_store store );

/* The store of a catalog, as seen from this process. */
extern enum catalog_store store_from_kind( enum catalog_kind kind );

/* WSA_NOT_ENOUGH_MEMORY or WSANO_RECOVERY for the error of a registry function; 0 for 0. */
extern int error_from_registry( LSTATUS status );

/* A DWORD value; 0 if it is missing or of another type. */
extern DWORD registry_get_dword( HKEY key, const WCHAR *name );

/* Reads the journal below Protocol_Catalog9; *ret is NULL if there is none or a damaged one, and is otherwise
 * freed with free(). Returns 0 or an error. */
extern int registry_read_journal( HKEY key, struct journal **ret );

/* Appends the entries of a store, or the base entries with *missing TRUE, from the keys below Protocol_Catalog9.
 * Does not look for a journal, nor for writers. Returns 0 or an error. */
extern int registry_read_store( HKEY key, enum catalog_store store, struct catalog *catalog, BOOL *missing );

#endif /* __WINELSP_CATALOG_REGISTRY_H */
