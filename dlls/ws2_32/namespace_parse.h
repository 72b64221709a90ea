/*
 * Name-space catalog: what is a provider
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


#ifndef __WINELSP_NAMESPACE_PARSE_H
#define __WINELSP_NAMESPACE_PARSE_H

#include "catalog_parse.h"

/* As for the transport catalog, these functions tell what is a provider or a journal in bytes that any program may
 * have written, are also built into winelsp.exe and a fuzz target, and may be called by any thread. */

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

/* What a writer puts into the registry. */
struct namespace_state
{
    DWORD serial;
    struct namespace_catalog catalogs[STORE_COUNT];
};

/* The values of a provider's key (§14.2). */
enum namespace_value
{
    NAMESPACE_NAME,         /* DisplayString */
    NAMESPACE_PATH,         /* LibraryPath */
    NAMESPACE_ID,           /* ProviderId */
    NAMESPACE_NUMBER,       /* SupportedNameSpace */
    NAMESPACE_VERSION,      /* Version */
    NAMESPACE_ENABLED,      /* Enabled */
    NAMESPACE_CLASS_INFO,   /* StoresServiceClassInfo */
    NAMESPACE_INFO,         /* ProviderInfo; the only one that may be missing */
    NAMESPACE_VALUE_COUNT,
};

/* Their names in the registry. */
extern const WCHAR *const namespace_value_names[NAMESPACE_VALUE_COUNT];

/* A value as the registry has it; data is NULL if it is missing. */
struct raw_value
{
    const void *data;
    DWORD size;
    DWORD type;
};

/* --- namespace_parse.c --- */

/* Whether the values of a key are those of a provider. Returns NULL and fills *ret, whose info is the data of
 * ProviderInfo, not copied; or returns the reason why they are none, as packed_entry_parse() does, and leaves *ret
 * alone. */
extern const char *namespace_provider_parse( const struct raw_value values[NAMESPACE_VALUE_COUNT],
                                             struct namespace_provider *ret );

/* The reason of that kind for a provider that comes behind another with its GUID. */
#define REASON_GUID_TAKEN "an entry before it has its GUID"

/* Frees the providers, and leaves an empty catalog. */
extern void namespace_catalog_clear( struct namespace_catalog *catalog );

/* The provider with a GUID; NULL if there is none. It belongs to the catalog. */
extern struct namespace_provider *namespace_find( const struct namespace_catalog *catalog, const GUID *id );

/* Appends a provider, whose info is the catalog's from then on. FALSE without memory: both are then as they were. */
extern BOOL namespace_add( struct namespace_catalog *catalog, const struct namespace_provider *provider );

/* The base provider at an index, in the order in which a new catalog has them; NULL behind the last one. */
extern const struct namespace_provider *namespace_get_base( unsigned int index );

/* --- namespace_journal.c --- */

/* The bytes of the value Pending_Catalog for a state, to be freed with free(). NULL without memory, or if the state
 * is larger than a value can be. */
extern void *namespace_state_pack( const struct namespace_state *state, DWORD *size );

/* The reverse, of bytes that any program may have written: reads none outside of them. *ret, NULL after an error, is
 * freed with namespace_state_free(). Returns 0, WSA_NOT_ENOUGH_MEMORY, or WSAEINVAL if they are not such a value. */
extern int namespace_state_unpack( const void *data, SIZE_T size, struct namespace_state **ret );

/* NULL is allowed. */
extern void namespace_state_free( struct namespace_state *state );

#endif /* __WINELSP_NAMESPACE_PARSE_H */
