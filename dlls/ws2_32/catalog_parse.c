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

#include <string.h>

#include "catalog_parse.h"

BOOL is_entry_key_name( const WCHAR *name )
{
    unsigned int i;

    for (i = 0; i < ENTRY_KEY_NAME_LEN; ++i)
        if (name[i] < '0' || name[i] > '9') return FALSE;
    return !name[i];
}

const char *packed_entry_parse( const void *data, SIZE_T size, struct packed_entry *ret )
{
    struct packed_entry entry;

    if (size < sizeof(entry)) return "it is too short";
    if (size > sizeof(entry)) return "it is too long";
    memcpy( &entry, data, sizeof(entry) );

    if (!memchr( entry.path, 0, sizeof(entry.path) )) return "its path has no end";
    if (entry.info.ProtocolChain.ChainLen < 0 || entry.info.ProtocolChain.ChainLen > MAX_PROTOCOL_CHAIN)
        return "its chain length is out of range";

    entry.info.szProtocol[WSAPROTOCOL_LEN] = 0;
    *ret = entry;
    return NULL;
}

const char *journal_check( const void *data, SIZE_T size )
{
    struct journal head;
    ULONG64 count;

    if (size < sizeof(head)) return "it is too short";
    memcpy( &head, data, sizeof(head) );

    if (head.magic != JOURNAL_MAGIC) return "it does not begin as one";
    /* 64 bits hold the sum of two counts, and that many entries. */
    count = (ULONG64)head.counts[STORE_32] + head.counts[STORE_64];
    if (size != sizeof(head) + count * sizeof(struct packed_entry)) return "its counts do not agree with its size";
    return NULL;
}

const struct packed_entry *journal_entries( const struct journal *journal, enum catalog_store store )
{
    return journal->entries + (store == STORE_64 ? journal->counts[STORE_32] : 0);
}
