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

/* --- namespace.c --- */

/* The error of a registry function as a code of the name-space functions: WSAEACCES, WSA_NOT_ENOUGH_MEMORY or
 * WSASYSCALLFAILURE; 0 for 0. */
extern int namespace_error( LSTATUS status );

/* Appends the providers of a store, or the base providers with *missing TRUE, from the keys below NameSpace_Catalog5.
 * Does not look for a journal, nor for writers. What is no provider is left out with a WARN, and added to malformed if
 * that is not NULL; the caller frees malformed->names, also after an error. Returns 0 or an error. */
extern int namespace_read_store( HKEY key, enum catalog_store store, struct namespace_catalog *catalog,
                                 struct malformed_keys *malformed, BOOL *missing );

/* Reads the journal below NameSpace_Catalog5 into *ret, which is NULL if there is none or a damaged one, and is
 * otherwise freed with namespace_state_free(). Returns 0 or WSA_NOT_ENOUGH_MEMORY. */
extern int namespace_read_journal( HKEY key, struct namespace_state **ret );

#endif /* __WINELSP_NAMESPACE_REGISTRY_H */
