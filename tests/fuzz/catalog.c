/*
 * Fuzz target: what the registry holds of the transport catalog
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

/* An input is the data of a value, PackedCatalogItem or Pending_Catalog; the corpus has one file a kind. Native
 * and for libFuzzer, whose buffer ends where the input does: AddressSanitizer sees a read beyond it. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "catalog_parse.h"

#define CHECK( expr ) do { if (!(expr)) abort(); } while (0)

/* What is taken for an entry can be used as one. */
static void judge_entry( const void *data, size_t size )
{
    const WSAPROTOCOLCHAIN *chain;
    struct packed_entry entry;
    unsigned int i;

    if (packed_entry_parse( data, size, &entry )) return;

    CHECK( size == sizeof(entry) );
    CHECK( strnlen( entry.path, sizeof(entry.path) ) < sizeof(entry.path) );
    for (i = 0; entry.info.szProtocol[i]; ++i) CHECK( i < WSAPROTOCOL_LEN );
    chain = &entry.info.ProtocolChain;
    CHECK( chain->ChainLen >= 0 && chain->ChainLen <= MAX_PROTOCOL_CHAIN );
    CHECK( !memcmp( entry.path, data, sizeof(entry.path) ) );
}

/* The entries of what is taken for a journal lie inside of it. */
static void judge_journal( const void *data, size_t size )
{
    const struct packed_entry *entries;
    enum catalog_store store;
    DWORD i;

    if (journal_check( data, size )) return;

    for (store = 0; store < STORE_COUNT; ++store)
    {
        entries = journal_entries( data, store );
        for (i = 0; i < ((const struct journal *)data)->counts[store]; ++i)
            judge_entry( &entries[i], sizeof(entries[i]) );
    }
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size );

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    judge_entry( data, size );
    judge_journal( data, size );
    return 0;
}
