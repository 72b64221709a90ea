/*
 * Unit tests for installing layered providers together with their chains
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

#include "catalog_util.h"

static WCHAR lsp_path[] = LSP_PATH;
static WCHAR lsp_name[] = L"Winetest";
static WCHAR lsp2_name[] = L"Winetest 2";
static WCHAR lsp3_name[] = L"Winetest 3";

static WSAPROTOCOL_INFOW triple( int family, int type, int protocol )
{
    WSAPROTOCOL_INFOW info;

    /* Nothing else is read. */
    memset( &info, 0xcc, sizeof(info) );
    info.iAddressFamily = family;
    info.iSocketType = type;
    info.iProtocol = protocol;
    return info;
}

static BOOL is_version_4( const GUID *guid )
{
    return guid->Data3 >> 12 == 4 && guid->Data4[0] >> 6 == 2;
}

/* Checks an entry that was made over another one. */
static void check_chain( const WSAPROTOCOL_INFOW *info, const WSAPROTOCOL_INFOW *lower, DWORD layer, DWORD ifs_flag )
{
    WCHAR name[2 * WSAPROTOCOL_LEN];

    ok( info->dwServiceFlags1 == ((lower->dwServiceFlags1 & ~XP1_IFS_HANDLES) | ifs_flag), "Got flags %#lx.\n",
        info->dwServiceFlags1 );
    ok( info->dwProviderFlags == lower->dwProviderFlags, "Got flags %#lx.\n", info->dwProviderFlags );
    ok( info->iAddressFamily == lower->iAddressFamily, "Got family %d.\n", info->iAddressFamily );
    ok( info->iSocketType == lower->iSocketType, "Got type %d.\n", info->iSocketType );
    ok( info->iProtocol == lower->iProtocol, "Got protocol %d.\n", info->iProtocol );
    ok( info->iProtocolMaxOffset == lower->iProtocolMaxOffset, "Got offset %d.\n", info->iProtocolMaxOffset );
    ok( info->dwMessageSize == lower->dwMessageSize, "Got size %lu.\n", info->dwMessageSize );
    ok( info->ProtocolChain.ChainEntries[0] == layer, "Got element %lu.\n", info->ProtocolChain.ChainEntries[0] );
    ok( is_version_4( &info->ProviderId ), "The GUID is not of version 4.\n" );
    swprintf( name, ARRAY_SIZE(name), L"Winetest over [%ls]", lower->szProtocol );
    ok( !wcscmp( info->szProtocol, name ), "Got name %ls.\n", info->szProtocol );
}

static void check_element( const WSAPROTOCOL_INFOW *info, int index, DWORD expected )
{
    ok( info->ProtocolChain.ChainEntries[index] == expected, "Got %lu as element %d.\n",
        info->ProtocolChain.ChainEntries[index], index );
}

static void check_layer( const WSAPROTOCOL_INFOW *info, DWORD id, const GUID *guid, DWORD ifs_flag )
{
    ok( info->dwCatalogEntryId == id, "Got id %lu.\n", info->dwCatalogEntryId );
    ok( IsEqualGUID( &info->ProviderId, guid ), "Got another GUID.\n" );
    ok( info->ProtocolChain.ChainLen == LAYERED_PROTOCOL, "Got length %d.\n", info->ProtocolChain.ChainLen );
    ok( info->dwProviderFlags & PFL_HIDDEN, "Got flags %#lx.\n", info->dwProviderFlags );
    ok( (info->dwServiceFlags1 & XP1_IFS_HANDLES) == ifs_flag, "Got flags %#lx.\n", info->dwServiceFlags1 );
    ok( !wcscmp( info->szProtocol, L"Winetest" ), "Got name %ls.\n", info->szProtocol );
}

static void check_path( GUID *guid )
{
    WCHAR path[MAX_PATH];
    int ret, error, len = ARRAY_SIZE(path);

    ret = WSCGetProviderPath( guid, path, &len, &error );
    ok( !ret && !wcscmp( path, LSP_PATH ), "Got %d, path %ls.\n", ret, path );
}

static void test_over_base( DWORD ifs_flag )
{
    struct list base, list;
    int ret, error = 0xdead, i, j;
    DWORD id = 0xdead;

    winetest_push_context( "Flags %#lx", ifs_flag );
    reset_catalog();
    get_list( &base );
    ret = WSCInstallProviderAndChains( &lsp_guid, lsp_path, lsp_name, ifs_flag, NULL, 0, &id, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );

    /* One chain over each base entry, all at the head. */
    get_list( &list );
    ok( list.count == 2 * base.count + 1, "Got %d entries over %d.\n", list.count, base.count );
    ok( !memcmp( &list.infos[base.count + 1], base.infos, base.count * sizeof(*base.infos) ),
        "The base entries have changed.\n" );
    check_layer( &list.infos[0], id, &lsp_guid, ifs_flag );
    ok( find_id( &base, id ) == -1, "Id %lu is not new.\n", id );
    for (i = 0; i < base.count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &list.infos[1 + i];

        winetest_push_context( "Chain %d", i );
        check_chain( info, &base.infos[i], id, ifs_flag );
        ok( info->ProtocolChain.ChainLen == 2, "Got length %d.\n", info->ProtocolChain.ChainLen );
        ok( info->ProtocolChain.ChainEntries[1] == base.infos[i].dwCatalogEntryId, "Got element %lu.\n",
            info->ProtocolChain.ChainEntries[1] );
        ok( count_provider( &list, &info->ProviderId ) == 1, "The GUID is not new.\n" );
        for (j = 0; j < list.count; ++j)
            ok( j == i + 1 || list.infos[j].dwCatalogEntryId != info->dwCatalogEntryId, "Id %lu is also that of %d.\n",
                info->dwCatalogEntryId, j );
        check_path( &list.infos[1 + i].ProviderId );
        winetest_pop_context();
    }
    check_path( &lsp_guid );
    winetest_pop_context();
}

/* Over base entries: of two for the same triple the first, and a layer that is there already stays below none. */
static void test_unique_triples(void)
{
    WSAPROTOCOL_INFOW copies[2];
    struct list base, list;
    int ret, error, i, chains = 0;
    DWORD id;

    reset_catalog();
    get_list( &base );
    copies[0] = copies[1] = base.infos[0];
    copies[1].iProtocol = 77;
    install( &chain_guid, copies, 2 );
    ret = WSCInstallProviderAndChains( &lsp_guid, lsp_path, lsp_name, 0, NULL, 0, &id, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );

    get_list( &list );
    ok( list.count == base.count + 2 + 1 + base.count + 1, "Got %d entries.\n", list.count );
    for (i = 0; i < list.count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &list.infos[i];

        if (info->ProtocolChain.ChainLen != 2 || info->iAddressFamily != AF_INET ||
            info->iProtocol != IPPROTO_TCP) continue;
        ++chains;
        ok( info->ProtocolChain.ChainEntries[1] == 1001, "Got element %lu.\n", info->ProtocolChain.ChainEntries[1] );
    }
    ok( chains == 1, "Got %d chains over TCP.\n", chains );
}

static void test_over_list(void)
{
    WSAPROTOCOL_INFOW wanted[3];
    struct list base, list;
    int ret, error;
    DWORD id, id2;

    reset_catalog();
    get_list( &base );

    /* One that is repeated counts once. */
    wanted[0] = triple( AF_INET, SOCK_DGRAM, IPPROTO_UDP );
    wanted[1] = triple( AF_INET, SOCK_STREAM, IPPROTO_TCP );
    wanted[2] = wanted[0];
    ret = WSCInstallProviderAndChains( &lsp_guid, lsp_path, lsp_name, XP1_IFS_HANDLES, wanted, 3, &id, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    ok( list.count == base.count + 3, "Got %d entries.\n", list.count );
    check_layer( &list.infos[0], id, &lsp_guid, XP1_IFS_HANDLES );
    check_chain( &list.infos[1], &base.infos[1], id, XP1_IFS_HANDLES );
    check_chain( &list.infos[2], &base.infos[0], id, XP1_IFS_HANDLES );

    /* The next one goes over the chain, which is the top-most entry of its triple, without asking for an id. */
    ret = WSCInstallProviderAndChains( &lsp2_guid, lsp_path, lsp2_name, 0, &wanted[1], 1, NULL, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    ok( list.count == base.count + 5, "Got %d entries.\n", list.count );
    id2 = list.infos[0].dwCatalogEntryId;
    ok( IsEqualGUID( &list.infos[0].ProviderId, &lsp2_guid ), "Got another GUID.\n" );
    ok( list.infos[1].ProtocolChain.ChainLen == 3, "Got length %d.\n", list.infos[1].ProtocolChain.ChainLen );
    check_element( &list.infos[1], 0, id2 );
    check_element( &list.infos[1], 1, id );
    check_element( &list.infos[1], 2, 1001 );
    ok( !(list.infos[1].dwServiceFlags1 & XP1_IFS_HANDLES), "Got flags %#lx.\n", list.infos[1].dwServiceFlags1 );
    ok( !wcscmp( list.infos[1].szProtocol, L"Winetest 2 over [Winetest over [MSAFD Tcpip [TCP/IP]]]" ),
        "Got name %ls.\n", list.infos[1].szProtocol );

    /* A chain without its layer is no entry to build on. */
    ret = WSCDeinstallProvider( &lsp2_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    ret = WSCInstallProviderAndChains( &lsp2_guid, lsp_path, lsp2_name, 0, &wanted[1], 1, NULL, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    ok( list.infos[1].ProtocolChain.ChainLen == 3, "Got length %d.\n", list.infos[1].ProtocolChain.ChainLen );
    check_element( &list.infos[1], 1, id );
}

/* The sockets of a layer that makes its own handles are no ground for one that hands on the kernel's. */
static void test_ifs_over_non_ifs(void)
{
    WSAPROTOCOL_INFOW wanted[2];
    struct list base, list, before;
    int ret, error, i, count;
    DWORD id, ids[100];

    reset_catalog();
    get_list( &base );
    wanted[0] = triple( AF_INET, SOCK_STREAM, IPPROTO_TCP );
    wanted[1] = triple( AF_INET, SOCK_DGRAM, IPPROTO_UDP );
    ret = WSCInstallProviderAndChains( &lsp2_guid, lsp_path, lsp2_name, 0, wanted, 1, NULL, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &before );
    ret = WSCInstallProviderAndChains( &lsp_guid, lsp_path, lsp_name, XP1_IFS_HANDLES, wanted, 2, &id, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );

    /* It is over the base, at the head, and the other one is as it was. */
    get_list( &list );
    ok( list.count == before.count + 3, "Got %d entries.\n", list.count );
    ok( !memcmp( list.infos + 3, before.infos, before.count * sizeof(*before.infos) ), "The others have changed.\n" );
    check_chain( &list.infos[1], &base.infos[0], id, XP1_IFS_HANDLES );
    ok( list.infos[1].ProtocolChain.ChainLen == 2, "Got length %d.\n", list.infos[1].ProtocolChain.ChainLen );
    check_element( &list.infos[1], 1, 1001 );
    check_chain( &list.infos[2], &base.infos[1], id, XP1_IFS_HANDLES );

    /* With the other one first, the next IFS layer is over the IFS chain behind it. */
    ids[0] = before.infos[1].dwCatalogEntryId;
    for (i = 0, count = 1; i < list.count; ++i)
        if (list.infos[i].dwCatalogEntryId != ids[0]) ids[count++] = list.infos[i].dwCatalogEntryId;
    ret = WSCWriteProviderOrder( ids, count );
    ok( !ret, "Got %d.\n", ret );
    ret = WSCInstallProviderAndChains( &chain_guid, lsp_path, lsp3_name, XP1_IFS_HANDLES, wanted, 1, NULL, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    ok( list.infos[1].ProtocolChain.ChainLen == 3, "Got length %d.\n", list.infos[1].ProtocolChain.ChainLen );
    check_element( &list.infos[1], 1, id );
    check_element( &list.infos[1], 2, 1001 );
}

static void test_chain_limit(void)
{
    WSAPROTOCOL_INFOW wanted = triple( AF_INET, SOCK_STREAM, IPPROTO_TCP );
    WCHAR name[] = L"Winetest layer 0";
    struct list list;
    int ret, error, i;
    GUID guid = lsp_guid;

    reset_catalog();
    for (i = 1; i < MAX_PROTOCOL_CHAIN; ++i)
    {
        guid.Data1 = i;
        name[ARRAY_SIZE(name) - 2] = '0' + i;
        ret = WSCInstallProviderAndChains( &guid, lsp_path, name, 0, &wanted, 1, NULL, &error );
        ok( !ret, "Layer %d: got %d, error %d.\n", i, ret, error );
    }
    get_list( &list );
    ok( list.infos[1].ProtocolChain.ChainLen == MAX_PROTOCOL_CHAIN, "Got length %d.\n",
        list.infos[1].ProtocolChain.ChainLen );

    error = 0xdead;
    ret = WSCInstallProviderAndChains( &lsp_guid, lsp_path, lsp_name, 0, &wanted, 1, NULL, &error );
    check_error( ret, error, WSANO_RECOVERY );
    check_unchanged( &list );
}

/* A name as long as is allowed: that of the chain is cut, and ends. */
static void test_long_name(void)
{
    WSAPROTOCOL_INFOW wanted = triple( AF_INET, SOCK_STREAM, IPPROTO_TCP ), lower;
    WCHAR name[WSAPROTOCOL_LEN + 2];
    struct list list;
    int ret, error, i;

    reset_catalog();
    get_list( &list );
    for (i = 0; i <= WSAPROTOCOL_LEN; ++i) name[i] = 'x';
    name[WSAPROTOCOL_LEN + 1] = 0;
    error = 0xdead;
    ret = WSCInstallProviderAndChains( &lsp_guid, lsp_path, name, 0, &wanted, 1, NULL, &error );
    check_error( ret, error, WSAEINVAL );
    check_unchanged( &list );

    name[WSAPROTOCOL_LEN] = 0;
    ret = WSCInstallProviderAndChains( &lsp_guid, lsp_path, name, 0, &wanted, 1, NULL, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    ok( !wcscmp( list.infos[0].szProtocol, name ), "Got name %ls.\n", list.infos[0].szProtocol );
    ok( !wcscmp( list.infos[1].szProtocol, name ), "Got name %ls.\n", list.infos[1].szProtocol );

    /* Half a character is not left at the end: "NAME over [" and then the lower name begins with a pair. */
    ret = WSCDeinstallProvider( &lsp_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    reset_catalog();
    get_list( &list );
    lower = list.infos[0];
    lower.iProtocol = 77;
    wcscpy( lower.szProtocol, L"\xd83d\xde00" );
    install( &chain_guid, &lower, 1 );
    wanted.iProtocol = 77;
    name[WSAPROTOCOL_LEN - 8] = 0;
    ret = WSCInstallProviderAndChains( &lsp_guid, lsp_path, name, 0, &wanted, 1, NULL, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    wcscat( name, L" over [" );
    ok( !wcscmp( list.infos[1].szProtocol, name ), "Got name %ls.\n", list.infos[1].szProtocol );
}

static void test_errors(void)
{
    WSAPROTOCOL_INFOW wanted = triple( AF_INET, SOCK_STREAM, IPPROTO_TCP );
    WCHAR long_path[MAX_PATH + 1], base_name[] = L"MSAFD Tcpip [TCP/IP]", empty[] = L"";
    WCHAR unmapped[] = L"C:\\winetest\\\xd800.dll";
    struct list list;
    int ret, error, i;

    reset_catalog();
    get_list( &list );

#define CHECK( guid, path, name, infos, count, id, expected ) \
    error = 0xdead; \
    ret = WSCInstallProviderAndChains( guid, path, name, 0, infos, count, id, &error ); \
    check_error( ret, error, expected )

    CHECK( NULL, lsp_path, lsp_name, &wanted, 1, NULL, WSAEINVAL );
    CHECK( &lsp_guid, NULL, lsp_name, &wanted, 1, NULL, WSAEINVAL );
    CHECK( &lsp_guid, lsp_path, NULL, &wanted, 1, NULL, WSAEINVAL );
    CHECK( &lsp_guid, empty, lsp_name, &wanted, 1, NULL, WSAEINVAL );
    CHECK( &lsp_guid, lsp_path, empty, &wanted, 1, NULL, WSAEINVAL );
    CHECK( &lsp_guid, unmapped, lsp_name, &wanted, 1, NULL, WSAEINVAL );
    CHECK( (GUID *)8, lsp_path, lsp_name, &wanted, 1, NULL, WSAEFAULT );
    CHECK( &lsp_guid, (WCHAR *)8, lsp_name, &wanted, 1, NULL, WSAEFAULT );
    CHECK( &lsp_guid, lsp_path, (WCHAR *)8, &wanted, 1, NULL, WSAEFAULT );
    CHECK( &lsp_guid, lsp_path, lsp_name, &wanted, 0, NULL, WSAEINVAL );
    CHECK( &tcpip_guid, lsp_path, lsp_name, &wanted, 1, NULL, WSAEINVAL );
    CHECK( &lsp_guid, lsp_path, base_name, &wanted, 1, NULL, WSAEINVAL );
    CHECK( &lsp_guid, lsp_path, lsp_name, (WSAPROTOCOL_INFOW *)8, 1, NULL, WSAEFAULT );
    CHECK( &lsp_guid, lsp_path, lsp_name, &wanted, 1, (DWORD *)8, WSAEFAULT );
    CHECK( &tcpip_guid, lsp_path, lsp_name, NULL, 0, NULL, WSAEINVAL );
    CHECK( &lsp_guid, lsp_path, base_name, NULL, 0, NULL, WSAEINVAL );
    for (i = 0; i < MAX_PATH; ++i) long_path[i] = 'x';
    long_path[MAX_PATH] = 0;
    CHECK( &lsp_guid, long_path, lsp_name, &wanted, 1, NULL, WSAEINVAL );
    wanted.iProtocol = IPPROTO_UDP;
    CHECK( &lsp_guid, lsp_path, lsp_name, &wanted, 1, NULL, WSAEINVAL );
    ret = WSCInstallProviderAndChains( NULL, lsp_path, lsp_name, 0, NULL, 0, NULL, NULL );
    ok( ret == SOCKET_ERROR, "Got %d.\n", ret );
    check_unchanged( &list );

    /* Without base entries there is nothing to layer over. */
    for (i = 0; i < list.count; ++i) WSCDeinstallProvider( &list.infos[i].ProviderId, &error );
    get_list( &list );
    ok( !list.count, "Got %d entries.\n", list.count );
    CHECK( &lsp_guid, lsp_path, lsp_name, NULL, 0, NULL, WSANO_RECOVERY );
#undef CHECK
}

#ifdef _WIN64

static void check_same( const struct list *list, const struct list *list32 )
{
    ok( list->count == list32->count, "Got %d and %d entries.\n", list->count, list32->count );
    ok( !memcmp( list->infos, list32->infos, list->count * sizeof(*list->infos) ), "The catalogs differ.\n" );
}

/* The keys that have the two catalogs, without and with 64. */
static void check_raw( const WCHAR *entries, const struct list *list )
{
    struct packed_item item;
    WCHAR name[256];
    DWORD size;
    LSTATUS ret;
    int i;

    for (i = 0; i < list->count; ++i)
    {
        swprintf( name, ARRAY_SIZE(name), L"%ls\\%ls\\%012u", CATALOG_KEY, entries, i + 1 );
        size = sizeof(item);
        ret = RegGetValueW( HKEY_LOCAL_MACHINE, name, L"PackedCatalogItem", RRF_RT_REG_BINARY, NULL, &item, &size );
        ok( !ret && !memcmp( &item.info, &list->infos[i], sizeof(item.info) ), "%ls: got %ld, or another entry.\n",
            name, ret );
    }
}

static void test_both_catalogs(void)
{
    WCHAR path32[] = L"C:\\winetest\\lsp32.dll", elsewhere[] = L"C:\\winetest\\lsp.dll";
    WCHAR expanded[MAX_PATH], path[MAX_PATH];
    struct list base, list, list32;
    int ret, error, len;
    DWORD id, serial;

    reset_catalog();
    get_list( &base );
    serial = get_dword( L"Serial_Access_Num" );
    ret = WSCInstallProviderAndChains64_32( &lsp_guid, lsp_path, NULL, lsp_name, 0, NULL, 0, &id, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    get_list_of( TRUE, &list32 );
    ok( list.count == 2 * base.count + 1, "Got %d entries.\n", list.count );
    check_layer( &list32.infos[0], id, &lsp_guid, 0 );
    check_same( &list, &list32 );
    ok( get_dword( L"Serial_Access_Num" ) == serial + 1, "Got serial number %lu after %lu.\n",
        get_dword( L"Serial_Access_Num" ), serial );
    ok( get_count( L"Num_Catalog_Entries" ) == list.count, "Got count %d.\n", get_count( L"Num_Catalog_Entries" ) );

    /* Each catalog keeps its own path. */
    ret = WSCInstallProviderAndChains64_32( &lsp2_guid, lsp_path, path32, lsp2_name, 0, base.infos, 1, NULL, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    len = ARRAY_SIZE(path);
    ret = WSCGetProviderPath( &lsp2_guid, path, &len, &error );
    ok( !ret && !wcscmp( path, LSP_PATH ), "Got %d, path %ls.\n", ret, path );
    len = ARRAY_SIZE(path);
    ret = WSCGetProviderPath32( &lsp2_guid, path, &len, &error );
    ok( !ret && !wcscmp( path, path32 ), "Got %d, path %ls.\n", ret, path );

    /* One path for both has to be one that 32-bit programs are redirected from. */
    get_list( &list );
    error = 0xdead;
    ret = WSCInstallProviderAndChains64_32( &chain_guid, elsewhere, NULL, path32, 0, NULL, 0, NULL, &error );
    check_error( ret, error, WSAEINVAL );
    ExpandEnvironmentStringsW( L"%windir%\\system32x\\lsp.dll", expanded, ARRAY_SIZE(expanded) );
    error = 0xdead;
    ret = WSCInstallProviderAndChains64_32( &chain_guid, expanded, NULL, path32, 0, NULL, 0, NULL, &error );
    check_error( ret, error, WSAEINVAL );
    check_unchanged( &list );
    ExpandEnvironmentStringsW( LSP_PATH, expanded, ARRAY_SIZE(expanded) );
    ret = WSCInstallProviderAndChains64_32( &chain_guid, expanded, NULL, path32, 0, NULL, 0, NULL, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );

    /* An error in one of the catalogs leaves both. */
    ret = WSCDeinstallProvider( &chain_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    error = 0xdead;
    ret = WSCInstallProviderAndChains64_32( &chain_guid, lsp_path, NULL, path32, 0, NULL, 0, NULL, &error );
    check_error( ret, error, WSAEINVAL );
    check_unchanged( &list );
}

static void test_separate_catalogs(void)
{
    struct list base, list, list32;
    WSAPROTOCOL_INFOW layer;
    DWORD ids[100];
    int ret, error, len, i;
    WCHAR path[MAX_PATH];

    reset_catalog();
    get_list( &base );
    layer = make_layer( &base, L"Winetest layer" );

    install( &lsp_guid, &layer, 1 );
    get_list_of( TRUE, &list32 );
    check_same( &base, &list32 );
    len = ARRAY_SIZE(path);
    error = 0xdead;
    ret = WSCGetProviderPath32( &lsp_guid, path, &len, &error );
    check_error( ret, error, WSAEINVAL );
    error = 0xdead;
    ret = WSCDeinstallProvider32( &lsp_guid, &error );
    check_error( ret, error, WSAEINVAL );
    error = 0xdead;
    ret = WSCInstallProvider64_32( &lsp_guid, lsp_path, &layer, 1, &error );
    check_error( ret, error, WSANO_RECOVERY );
    get_list_of( TRUE, &list32 );
    check_same( &base, &list32 );

    ret = WSCDeinstallProvider( &lsp_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    ret = WSCInstallProvider64_32( &lsp_guid, lsp_path, &layer, 1, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    get_list_of( TRUE, &list32 );
    ok( list.count == base.count + 1, "Got %d entries.\n", list.count );
    check_same( &list, &list32 );

    layer = list.infos[base.count];
    wcscpy( layer.szProtocol, L"Winetest other" );
    ret = WSCUpdateProvider32( &lsp_guid, lsp_path, &layer, 1, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    check_unchanged( &list );
    get_list_of( TRUE, &list32 );
    ok( !memcmp( &list32.infos[base.count], &layer, sizeof(layer) ), "The entry is not the new one.\n" );

    for (i = 0; i < list32.count; ++i) ids[i] = list32.infos[list32.count - 1 - i].dwCatalogEntryId;
    ret = WSCWriteProviderOrder32( ids, list32.count );
    ok( !ret, "Got %d.\n", ret );
    check_unchanged( &list );
    get_list_of( TRUE, &list32 );
    ok( list32.infos[0].dwCatalogEntryId == layer.dwCatalogEntryId, "Got id %lu.\n", list32.infos[0].dwCatalogEntryId );
    check_raw( L"Catalog_Entries", &list32 );
    check_raw( L"Catalog_Entries64", &list );

    ret = WSCDeinstallProvider32( &lsp_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    check_unchanged( &list );
    get_list_of( TRUE, &list32 );
    ok( list32.count == base.count, "Got %d entries.\n", list32.count );
}

#endif /* _WIN64 */

START_TEST(catalog_chains)
{
    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    test_over_base( 0 );
    test_over_base( XP1_IFS_HANDLES );
    test_unique_triples();
    test_over_list();
    test_ifs_over_non_ifs();
    test_chain_limit();
    test_long_name();
    test_errors();
#ifdef _WIN64
    test_both_catalogs();
    test_separate_catalogs();
#endif
    restore_catalog();
}
