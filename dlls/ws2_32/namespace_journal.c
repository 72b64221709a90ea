/*
 * Name-space catalog: the state that a writer leaves when it is killed
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

#include <stdlib.h>
#include <string.h>

#include "namespace_parse.h"

#define NAMESPACE_JOURNAL_MAGIC 0x3173736e    /* "nss1" */

struct journal_header
{
    DWORD magic;
    DWORD serial;
    DWORD counts[STORE_COUNT];
};

/* Behind the header there is this for each provider of each store, and behind each of them its info. Nothing is
 * aligned there. */
struct packed_provider
{
    GUID id;
    DWORD name_space;
    DWORD version;
    DWORD enabled;
    DWORD stores_class_info;
    DWORD info_size;
    WCHAR name[NAMESPACE_NAME_LEN + 1];
    WCHAR path[MAX_PATH];
};

/* The same for 32-bit and 64-bit writers. */
C_ASSERT( sizeof(struct packed_provider) == 16 + 5 * 4 + 256 * 2 + 260 * 2 );

static size_t packed_size( const struct namespace_state *state )
{
    size_t size = sizeof(struct journal_header);
    enum catalog_store store;
    unsigned int i;

    for (store = 0; store < STORE_COUNT; ++store)
    {
        for (i = 0; i < state->catalogs[store].count; ++i)
            size += sizeof(struct packed_provider) + state->catalogs[store].providers[i].info_size;
    }
    return size;
}

static char *pack_provider( char *dst, const struct namespace_provider *provider )
{
    struct packed_provider packed =
    {
        .id = provider->id,
        .name_space = provider->name_space,
        .version = provider->version,
        .enabled = provider->enabled,
        .stores_class_info = provider->stores_class_info,
        .info_size = provider->info_size,
    };

    memcpy( packed.name, provider->name, sizeof(packed.name) );
    memcpy( packed.path, provider->path, sizeof(packed.path) );
    memcpy( dst, &packed, sizeof(packed) );
    dst += sizeof(packed);
    if (provider->info_size) memcpy( dst, provider->info, provider->info_size );
    return dst + provider->info_size;
}

void *namespace_state_pack( const struct namespace_state *state, DWORD *ret_size )
{
    size_t size = packed_size( state );
    struct journal_header *header;
    enum catalog_store store;
    unsigned int i;
    char *dst;

    if (size > MAXDWORD || !(header = malloc( size ))) return NULL;
    header->magic = NAMESPACE_JOURNAL_MAGIC;
    header->serial = state->serial;
    dst = (char *)(header + 1);
    for (store = 0; store < STORE_COUNT; ++store)
    {
        header->counts[store] = state->catalogs[store].count;
        for (i = 0; i < state->catalogs[store].count; ++i)
            dst = pack_provider( dst, &state->catalogs[store].providers[i] );
    }
    *ret_size = size;
    return header;
}

/* The bytes of a value that were not read yet. */
struct reader
{
    const char *data;
    SIZE_T size;
};

static BOOL read_bytes( struct reader *reader, void *dst, DWORD size )
{
    if (size > reader->size) return FALSE;
    memcpy( dst, reader->data, size );
    reader->data += size;
    reader->size -= size;
    return TRUE;
}

static BOOL has_end( const WCHAR *string, unsigned int count )
{
    unsigned int i;

    for (i = 0; i < count; ++i) if (!string[i]) return TRUE;
    return FALSE;
}

static int unpack_provider( struct reader *reader, struct namespace_catalog *catalog )
{
    struct namespace_provider provider = {0};
    struct packed_provider packed;

    if (!read_bytes( reader, &packed, sizeof(packed) ) || packed.info_size > reader->size ||
        packed.info_size > NAMESPACE_INFO_SIZE ||
        !has_end( packed.name, ARRAYSIZE(packed.name) ) || !has_end( packed.path, ARRAYSIZE(packed.path) ))
        return WSAEINVAL;

    provider.id = packed.id;
    provider.name_space = packed.name_space;
    provider.version = packed.version;
    provider.enabled = !!packed.enabled;
    provider.stores_class_info = !!packed.stores_class_info;
    provider.info_size = packed.info_size;
    memcpy( provider.name, packed.name, sizeof(provider.name) );
    memcpy( provider.path, packed.path, sizeof(provider.path) );
    if (packed.info_size)
    {
        if (!(provider.info = malloc( packed.info_size ))) return WSA_NOT_ENOUGH_MEMORY;
        read_bytes( reader, provider.info, packed.info_size );
    }
    if (namespace_add( catalog, &provider )) return 0;
    free( provider.info );
    return WSA_NOT_ENOUGH_MEMORY;
}

int namespace_state_unpack( const void *data, SIZE_T size, struct namespace_state **ret )
{
    struct reader reader = {data, size};
    struct namespace_state *state;
    struct journal_header header;
    enum catalog_store store;
    int error = 0;
    DWORD i;

    *ret = NULL;
    if (!read_bytes( &reader, &header, sizeof(header) ) || header.magic != NAMESPACE_JOURNAL_MAGIC) return WSAEINVAL;
    if (!(state = calloc( 1, sizeof(*state) ))) return WSA_NOT_ENOUGH_MEMORY;

    state->serial = header.serial;
    for (store = 0; store < STORE_COUNT; ++store)
    {
        for (i = 0; !error && i < header.counts[store]; ++i)
            error = unpack_provider( &reader, &state->catalogs[store] );
    }
    if (!error && reader.size) error = WSAEINVAL;
    if (error) namespace_state_free( state );
    else *ret = state;
    return error;
}

void namespace_state_free( struct namespace_state *state )
{
    enum catalog_store store;

    if (!state) return;
    for (store = 0; store < STORE_COUNT; ++store) namespace_catalog_clear( &state->catalogs[store] );
    free( state );
}
