/*
 * Name-space catalog: its form in the registry
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

#ifndef __WINELSP_NAMESPACE_REGISTRY_H
#define __WINELSP_NAMESPACE_REGISTRY_H

#include "catalog_keys.h"
#include "namespace.h"

#define NAMESPACE_CATALOG_NAME L"NameSpace_Catalog5"
#define NAMESPACE_CATALOG_KEY  PARAMETERS_KEY L"\\" NAMESPACE_CATALOG_NAME
#define NAMESPACE_MUTEX        L"Global\\WinSock2_NameSpace_Catalog5"  /* owned by a thread that writes to it */

/* The values of an entry (§14.2). */
#define VALUE_NAME        L"DisplayString"
#define VALUE_PATH        L"LibraryPath"
#define VALUE_ID          L"ProviderId"
#define VALUE_NAMESPACE   L"SupportedNameSpace"
#define VALUE_VERSION     L"Version"
#define VALUE_ENABLED     L"Enabled"
#define VALUE_CLASS_INFO  L"StoresServiceClassInfo"
#define VALUE_INFO        L"ProviderInfo"

/* What a writer puts into the registry. */
struct namespace_state
{
    DWORD serial;
    struct namespace_catalog catalogs[STORE_COUNT];
};

/* --- namespace.c --- */

/* The error of a registry function as a code of the name-space functions: WSAEACCES, WSA_NOT_ENOUGH_MEMORY or
 * WSASYSCALLFAILURE; 0 for 0. */
extern int namespace_error( LSTATUS status );

/* Appends the providers of a store, or the base providers with *missing TRUE, from the keys below NameSpace_Catalog5.
 * Does not look for a journal, nor for writers. Returns 0 or an error. */
extern int namespace_read_store( HKEY key, enum catalog_store store, struct namespace_catalog *catalog, BOOL *missing );

/* Reads the journal below NameSpace_Catalog5 into *ret, which is NULL if there is none or a damaged one, and is
 * otherwise freed with namespace_state_free(). Returns 0 or WSA_NOT_ENOUGH_MEMORY. */
extern int namespace_read_journal( HKEY key, struct namespace_state **ret );

/* --- namespace_journal.c --- */

/* The bytes of the value Pending_Catalog for a state, to be freed with free(). NULL without memory, or if the state
 * is larger than a value can be. */
extern void *namespace_state_pack( const struct namespace_state *state, DWORD *size );

/* The reverse, of bytes that any program may have written: reads none outside of them. *ret, NULL after an error, is
 * freed with namespace_state_free(). Returns 0, WSA_NOT_ENOUGH_MEMORY, or WSAEINVAL if they are not such a value. */
extern int namespace_state_unpack( const void *data, DWORD size, struct namespace_state **ret );

/* NULL is allowed. */
extern void namespace_state_free( struct namespace_state *state );

#endif /* __WINELSP_NAMESPACE_REGISTRY_H */
