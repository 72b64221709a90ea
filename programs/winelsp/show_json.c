/*
 * Administration of layered providers: showing the catalogs as JSON
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

#include "winelsp.h"

/* A string in quotation marks. Half of a surrogate pair has no UTF-8, but it has an escape. */
static void print_string( const WCHAR *string )
{
    WCHAR buffer[6 * 600 + 3], *dst = buffer;
    const WCHAR *src;

    *dst++ = '"';
    for (src = string; *src && dst < buffer + ARRAYSIZE(buffer) - 14; ++src)
    {
        if (IS_HIGH_SURROGATE( src[0] ) && IS_LOW_SURROGATE( src[1] ))
        {
            *dst++ = *src++;
            *dst++ = *src;
        }
        else if (*src == '"' || *src == '\\')
        {
            *dst++ = '\\';
            *dst++ = *src;
        }
        else if (*src < ' ' || IS_HIGH_SURROGATE( *src ) || IS_LOW_SURROGATE( *src ))
            dst += swprintf( dst, 7, L"\\u%04x", *src );
        else *dst++ = *src;
    }
    *dst++ = '"';
    *dst = 0;
    print_text( buffer );
}

static void print_chain( const WSAPROTOCOLCHAIN *chain )
{
    int i;

    print( L"          \"ProtocolChain\": {\"ChainLen\": %d, \"ChainEntries\": [", chain->ChainLen );
    for (i = 0; i < MAX_PROTOCOL_CHAIN; ++i) print( L"%ls%lu", i ? L", " : L"", chain->ChainEntries[i] );
    print( L"]},\n" );
}

static void print_entry( const struct entry *entry )
{
    const WSAPROTOCOL_INFOW *info = &entry->info;
    WCHAR guid[GUID_CHARS];
    unsigned int i;
    const struct
    {
        const WCHAR *name;
        LONGLONG value;
    }
    fields[] =
    {
        {L"dwServiceFlags1", info->dwServiceFlags1},
        {L"dwServiceFlags2", info->dwServiceFlags2},
        {L"dwServiceFlags3", info->dwServiceFlags3},
        {L"dwServiceFlags4", info->dwServiceFlags4},
        {L"dwProviderFlags", info->dwProviderFlags},
        {L"dwCatalogEntryId", info->dwCatalogEntryId},
        {L"iVersion", info->iVersion},
        {L"iAddressFamily", info->iAddressFamily},
        {L"iMaxSockAddr", info->iMaxSockAddr},
        {L"iMinSockAddr", info->iMinSockAddr},
        {L"iSocketType", info->iSocketType},
        {L"iProtocol", info->iProtocol},
        {L"iProtocolMaxOffset", info->iProtocolMaxOffset},
        {L"iNetworkByteOrder", info->iNetworkByteOrder},
        {L"iSecurityScheme", info->iSecurityScheme},
        {L"dwMessageSize", info->dwMessageSize},
        {L"dwProviderReserved", info->dwProviderReserved},
    };

    print( L"        {\n          \"kind\": \"%ls\",\n          \"path\": ", entry_kind( entry ) );
    print_string( entry->path );
    print( L",\n          \"szProtocol\": " );
    print_string( info->szProtocol );
    print( L",\n          \"ProviderId\": \"%ls\",\n", guid_string( &info->ProviderId, guid ) );
    print_chain( &info->ProtocolChain );
    for (i = 0; i < ARRAYSIZE(fields); ++i)
        print( L"          \"%ls\": %I64d%ls\n", fields[i].name, fields[i].value,
               i + 1 < ARRAYSIZE(fields) ? L"," : L"" );
    print( L"        }" );
}

void show_catalogs_json(void)
{
    unsigned int i, j;

    print( L"{\n  \"catalogs\": [\n" );
    for (i = 0; i < CATALOG_COUNT; ++i)
    {
        print( L"    {\n      \"name\": \"%ls\",\n      \"entries\": [\n", catalogs[i].name );
        for (j = 0; j < catalogs[i].count; ++j)
        {
            print_entry( &catalogs[i].entries[j] );
            print( j + 1 < catalogs[i].count ? L",\n" : L"\n" );
        }
        print( L"      ]\n    }%ls\n", i + 1 < CATALOG_COUNT ? L"," : L"" );
    }
    print( L"  ]\n}\n" );
}
