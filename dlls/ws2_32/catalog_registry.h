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

#include "catalog_keys.h"

#define CATALOG_NAME   L"Protocol_Catalog9"
#define CATALOG_KEY    PARAMETERS_KEY L"\\" CATALOG_NAME
#define CATALOG_MUTEX  L"Global\\WinSock2_Protocol_Catalog9"     /* owned by a thread that writes to it */

#define VALUE_ITEM     L"PackedCatalogItem"
#define VALUE_NEXT_ID  L"Next_Catalog_Entry_ID"

/* --- catalog.c --- */

/* WSA_NOT_ENOUGH_MEMORY or WSANO_RECOVERY for the error of a registry function; 0 for 0. */
extern int error_from_registry( LSTATUS status );

/* Reads the journal below Protocol_Catalog9; *ret is NULL if there is none or a damaged one, and is otherwise
 * freed with free(). Returns 0 or an error. */
extern int registry_read_journal( HKEY key, struct journal **ret );

/* Reads the entries of a store into an empty catalog, or the base entries with *missing TRUE, from the keys below
 * Protocol_Catalog9. Does not look for a journal, nor for writers. What is no entry is left out with a WARN, and added
 * to malformed if that is not NULL; the caller frees malformed->names, also after an error. Returns 0 or an error. */
extern int registry_read_store( HKEY key, enum catalog_store store, struct catalog *catalog,
                                struct malformed_keys *malformed, BOOL *missing );

#endif /* __WINELSP_CATALOG_REGISTRY_H */
