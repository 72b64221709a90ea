/*
 * Fuzz target: what the registry holds of the name-space catalog
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


/* An input is the value Pending_Catalog, or the values of a provider, one behind the other: for each its type, its size
 * as a WORD, and its data. The corpus has both. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "namespace_parse.h"

#define CHECK( expr ) do { if (!(expr)) abort(); } while (0)

static void check_string( const WCHAR *string, unsigned int count )
{
    unsigned int i;

    for (i = 0; string[i]; ++i) CHECK( i + 1 < count );
}

/* What is taken for a provider can be used as one. */
static void check_provider( const struct namespace_provider *provider )
{
    static volatile unsigned char sum;
    DWORD i;

    check_string( provider->name, ARRAYSIZE(provider->name) );
    check_string( provider->path, ARRAYSIZE(provider->path) );
    CHECK( provider->enabled == 0 || provider->enabled == 1 );
    CHECK( provider->stores_class_info == 0 || provider->stores_class_info == 1 );
    CHECK( provider->info_size <= NAMESPACE_INFO_SIZE && !provider->info == !provider->info_size );
    for (i = 0; i < provider->info_size; ++i) sum += ((unsigned char *)provider->info)[i];
    (void)sum;
}

/* What is taken for a journal comes back as the same bytes, but for what is behind the end of a string and for how TRUE
 * is spelt; those stay what they are from then on. */
static void judge_journal( const void *data, size_t size )
{
    struct namespace_state *state, *again;
    void *packed, *packed_again;
    enum catalog_store store;
    unsigned int i;
    DWORD packed_size, again_size;

    if (namespace_state_unpack( data, size, &state ))
    {
        CHECK( !state );
        return;
    }
    for (store = 0; store < STORE_COUNT; ++store)
    {
        for (i = 0; i < state->catalogs[store].count; ++i) check_provider( &state->catalogs[store].providers[i] );
    }
    CHECK( (packed = namespace_state_pack( state, &packed_size )) );
    CHECK( packed_size == size );
    CHECK( !namespace_state_unpack( packed, packed_size, &again ) );
    CHECK( (packed_again = namespace_state_pack( again, &again_size )) );
    CHECK( again_size == packed_size && !memcmp( packed, packed_again, packed_size ) );
    namespace_state_free( again );
    namespace_state_free( state );
    free( packed_again );
    free( packed );
}

/* Each value is copied to where it ends with its memory. */
static void judge_values( const uint8_t *data, size_t size )
{
    struct raw_value values[NAMESPACE_VALUE_COUNT] = {0};
    struct namespace_provider provider;
    uint16_t value_size;
    unsigned int i;
    void *copy;

    for (i = 0; i < NAMESPACE_VALUE_COUNT && size >= 1 + sizeof(value_size); ++i)
    {
        values[i].type = data[0];
        memcpy( &value_size, data + 1, sizeof(value_size) );
        data += 1 + sizeof(value_size);
        size -= 1 + sizeof(value_size);
        if (value_size > size) break;
        if (!values[i].type && !value_size) continue;   /* it is missing */
        CHECK( (copy = malloc( value_size )) || !value_size );
        memcpy( copy, data, value_size );
        values[i].data = copy;
        values[i].size = value_size;
        data += value_size;
        size -= value_size;
    }
    if (!namespace_provider_parse( values, &provider )) check_provider( &provider );
    for (i = 0; i < NAMESPACE_VALUE_COUNT; ++i) free( (void *)values[i].data );
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size );

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    judge_journal( data, size );
    judge_values( data, size );
    return 0;
}
