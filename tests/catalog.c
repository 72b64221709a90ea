/*
 * Unit tests for the transport catalog
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

static const WCHAR mswsock_path[] = L"%SystemRoot%\\system32\\mswsock.dll";

static void test_enum_buffer(void)
{
    WSAPROTOCOL_INFOW *infos;
    int ret, count, error;
    DWORD size, i;

    size = 0;
    error = 0xdead;
    ret = WSCEnumProtocols( NULL, NULL, &size, &error );
    check_error( ret, error, WSAENOBUFS );
    ok( size && !(size % sizeof(*infos)), "Got size %lu.\n", size );
    count = size / sizeof(*infos);

    infos = malloc( size + sizeof(*infos) );
    memset( infos, 0xcc, size + sizeof(*infos) );
    --size;
    error = 0xdead;
    ret = WSCEnumProtocols( NULL, infos, &size, &error );
    check_error( ret, error, WSAENOBUFS );
    ok( size == count * sizeof(*infos), "Got size %lu.\n", size );
    for (i = 0; i < size; ++i) if (((BYTE *)infos)[i] != 0xcc) break;
    ok( i == size, "Byte %lu was written.\n", i );

    error = 0xdead;
    ret = WSCEnumProtocols( NULL, infos, &size, &error );
    ok( ret == count, "Got %d, error %d.\n", ret, error );
    ok( ((BYTE *)infos)[size] == 0xcc, "The byte behind the buffer was written.\n" );

    size += sizeof(*infos);
    ret = WSCEnumProtocols( NULL, infos, &size, &error );
    ok( ret == count, "Got %d, error %d.\n", ret, error );
    ok( size == count * sizeof(*infos), "Got size %lu.\n", size );
    free( infos );

    error = 0xdead;
    ret = WSCEnumProtocols( NULL, NULL, NULL, &error );
    check_error( ret, error, WSAEFAULT );

    error = 0xdead;
    ret = WSCEnumProtocols( (int *)1, NULL, &size, &error );
    check_error( ret, error, WSAEFAULT );

    error = 0xdead;
    ret = WSCEnumProtocols( NULL, NULL, (DWORD *)8, &error );
    check_error( ret, error, WSAEFAULT );

    /* A buffer that is there, but cannot be written; and none, whatever its size. The page names WSAEINVAL, too, for
     * an argument that is wrong in another way: there is none. */
    error = 0xdead;
    ret = WSCEnumProtocols( NULL, (WSAPROTOCOL_INFOW *)8, &size, &error );
    check_error( ret, error, WSAEFAULT );
    error = 0xdead;
    ret = WSCEnumProtocols( NULL, NULL, &size, &error );
    check_error( ret, error, WSAENOBUFS );

    ret = WSCEnumProtocols( NULL, NULL, &size, NULL );
    ok( ret == SOCKET_ERROR, "Got %d.\n", ret );
}

static void test_base_entries(void)
{
    static const struct
    {
        DWORD id;
        const WCHAR *name;
        GUID *guid;
        int family, type, protocol, max_offset;
        DWORD service_flags, provider_flags;
    }
    /* Ids, names, GUIDs and flags are those of Windows. */
    expected[] =
    {
        {1001, L"MSAFD Tcpip [TCP/IP]", &tcpip_guid, AF_INET, SOCK_STREAM, IPPROTO_TCP, 0, 0x20066, 0x8},
        {1002, L"MSAFD Tcpip [UDP/IP]", &tcpip_guid, AF_INET, SOCK_DGRAM, IPPROTO_UDP, 0, 0x20609, 0x8},
        {1003, L"MSAFD Tcpip [RAW/IP]", &tcpip_guid, AF_INET, SOCK_RAW, 0, 255, 0x20609, 0xc},
        {1004, L"MSAFD Tcpip [TCP/IPv6]", &tcpip6_guid, AF_INET6, SOCK_STREAM, IPPROTO_TCP, 0, 0x20066, 0x8},
        {1005, L"MSAFD Tcpip [UDP/IPv6]", &tcpip6_guid, AF_INET6, SOCK_DGRAM, IPPROTO_UDP, 0, 0x20609, 0x8},
        {1006, L"MSAFD Tcpip [RAW/IPv6]", &tcpip6_guid, AF_INET6, SOCK_RAW, 0, 255, 0x20609, 0xc},
    };
    struct list list;
    unsigned int i;

    reset_catalog();
    get_list( &list );
    ok( list.count >= (int)ARRAY_SIZE(expected), "Got %d entries.\n", list.count );

    for (i = 0; i < ARRAY_SIZE(expected); ++i)
    {
        const WSAPROTOCOL_INFOW *info = &list.infos[i];

        winetest_push_context( "Entry %u", i );
        ok( info->dwCatalogEntryId == expected[i].id, "Got id %lu.\n", info->dwCatalogEntryId );
        ok( !wcscmp( info->szProtocol, expected[i].name ), "Got name %ls.\n", info->szProtocol );
        ok( IsEqualGUID( &info->ProviderId, expected[i].guid ), "Got another GUID.\n" );
        ok( info->ProtocolChain.ChainLen == BASE_PROTOCOL, "Got length %d.\n", info->ProtocolChain.ChainLen );
        ok( info->iAddressFamily == expected[i].family, "Got family %d.\n", info->iAddressFamily );
        ok( info->iSocketType == expected[i].type, "Got type %d.\n", info->iSocketType );
        ok( info->iProtocol == expected[i].protocol, "Got protocol %d.\n", info->iProtocol );
        ok( info->iProtocolMaxOffset == expected[i].max_offset, "Got offset %d.\n", info->iProtocolMaxOffset );
        ok( info->dwServiceFlags1 == expected[i].service_flags, "Got flags %#lx.\n", info->dwServiceFlags1 );
        ok( info->dwProviderFlags == expected[i].provider_flags, "Got flags %#lx.\n", info->dwProviderFlags );
        ok( info->iVersion == 2, "Got version %d.\n", info->iVersion );
        winetest_pop_context();
    }
}

/* Reading a missing catalog writes it, for programs that read the registry themselves. */
static void test_registry(void)
{
    struct packed_item item;
    struct list list;
    WCHAR str[64], name[256];
    DWORD size;
    LSTATUS ret;
    int i;

    reset_catalog();
    get_list( &list );

    size = sizeof(str);
    ret = RegGetValueW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY, L"WinSock_Registry_Version", RRF_RT_REG_SZ, NULL, str,
                        &size );
    ok( !ret && !wcscmp( str, L"2.0" ), "Got %ld, %ls.\n", ret, str );
    size = sizeof(str);
    ret = RegGetValueW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY, L"Current_Protocol_Catalog", RRF_RT_REG_SZ, NULL, str,
                        &size );
    ok( !ret && !wcscmp( str, L"Protocol_Catalog9" ), "Got %ld, %ls.\n", ret, str );

    ok( get_count( NATIVE_COUNT ) == list.count, "Got %d for %d entries.\n", get_count( NATIVE_COUNT ), list.count );
    ok( get_count( L"Num_Catalog_Entries" ) == list.count, "Got %d.\n", get_count( L"Num_Catalog_Entries" ) );
    for (i = 0; i < list.count; ++i)
        ok( get_dword( L"Next_Catalog_Entry_ID" ) > list.infos[i].dwCatalogEntryId, "Id %lu is not behind %lu.\n",
            get_dword( L"Next_Catalog_Entry_ID" ), list.infos[i].dwCatalogEntryId );
    ok( get_dword( L"Serial_Access_Num" ) > 0, "Got no serial number.\n" );

    for (i = 0; i < list.count; ++i)
    {
        winetest_push_context( "Entry %d", i );
        ok( read_item( i + 1, &item ), "There is no such item.\n" );
        ok( !strcmp( item.path, "%SystemRoot%\\system32\\mswsock.dll" ), "Got path %s.\n", item.path );
        ok( !memcmp( &item.info, &list.infos[i], sizeof(item.info) ), "The item is another one.\n" );
        item_key( i + 1, name );
        size = sizeof(str);
        ret = RegGetValueW( HKEY_LOCAL_MACHINE, name, L"ProtocolName", RRF_RT_REG_SZ, NULL, str, &size );
        ok( !ret && !wcscmp( str, list.infos[i].szProtocol ), "Got %ld, name %ls.\n", ret, str );
        winetest_pop_context();
    }
    ok( !read_item( list.count + 1, &item ), "There is another item.\n" );
}

static void test_filter(void)
{
    int tcp[] = {IPPROTO_TCP, 0}, none[] = {0xdead, 0}, empty[] = {0};
    WSAPROTOCOL_INFOW infos[100], layer;
    WSAPROTOCOL_INFOA infosA[100];
    int ret, i, count, error;
    struct list list;
    WSADATA data;
    DWORD size;

    reset_catalog();
    get_list( &list );
    layer = make_layer( &list, L"Winetest layer" );
    install( &lsp_guid, &layer, 1 );
    get_list( &list );

    size = sizeof(infos);
    count = WSCEnumProtocols( tcp, infos, &size, &error );
    ok( count == 2, "Got %d entries.\n", count );
    ok( size == count * sizeof(*infos), "Got size %lu.\n", size );
    for (i = 0; i < count; ++i) ok( infos[i].iProtocol == IPPROTO_TCP, "Got protocol %d.\n", infos[i].iProtocol );

    size = sizeof(infos);
    count = WSCEnumProtocols( none, infos, &size, &error );
    ok( !count && !size, "Got %d entries, size %lu.\n", count, size );
    size = sizeof(infos);
    count = WSCEnumProtocols( empty, infos, &size, &error );
    ok( !count && !size, "Got %d entries, size %lu.\n", count, size );

    SetLastError( 0xdead );
    size = sizeof(infos);
    ret = WSAEnumProtocolsW( NULL, infos, &size );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSANOTINITIALISED, "Got %d, error %d.\n", ret, WSAGetLastError() );

    ret = WSAStartup( MAKEWORD(2, 2), &data );
    ok( !ret, "WSAStartup returned %d.\n", ret );

    size = 0;
    SetLastError( 0xdead );
    ret = WSAEnumProtocolsW( NULL, NULL, &size );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAENOBUFS, "Got %d, error %d.\n", ret, WSAGetLastError() );
    count = 0;
    for (i = 0; i < list.count; ++i)
        if (list.infos[i].ProtocolChain.ChainLen && !(list.infos[i].dwProviderFlags & PFL_HIDDEN)) ++count;
    ok( size == count * sizeof(*infos), "Got size %lu for %d entries.\n", size, count );

    --size;
    SetLastError( 0xdead );
    ret = WSAEnumProtocolsW( NULL, infos, &size );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAENOBUFS, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( size == count * sizeof(*infos), "Got size %lu for %d entries.\n", size, count );
    SetLastError( 0xdead );
    ret = WSAEnumProtocolsW( NULL, infos, NULL );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAEFAULT, "Got %d, error %d.\n", ret, WSAGetLastError() );
    SetLastError( 0xdead );
    ret = WSAEnumProtocolsW( NULL, (WSAPROTOCOL_INFOW *)8, &size );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAEFAULT, "Got %d, error %d.\n", ret, WSAGetLastError() );
    SetLastError( 0xdead );
    ret = WSAEnumProtocolsW( (int *)8, infos, &size );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAEFAULT, "Got %d, error %d.\n", ret, WSAGetLastError() );

    ret = WSAEnumProtocolsW( NULL, infos, &size );
    ok( ret == count && ret < list.count, "Got %d of %d entries.\n", ret, list.count );
    for (i = 0; i < ret; ++i)
    {
        ok( infos[i].ProtocolChain.ChainLen != LAYERED_PROTOCOL, "Got a layer's own entry.\n" );
        ok( !(infos[i].dwProviderFlags & PFL_HIDDEN), "Got a hidden entry.\n" );
    }

    size = 0;
    SetLastError( 0xdead );
    ret = WSAEnumProtocolsA( NULL, NULL, &size );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAENOBUFS, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( size == count * sizeof(*infosA), "Got size %lu for %d entries.\n", size, count );
    ret = WSAEnumProtocolsA( tcp, infosA, &size );
    ok( ret == 2, "Got %d entries.\n", ret );
    ret = WSAEnumProtocolsA( NULL, infosA, &size );
    ok( ret == count, "Got %d entries.\n", ret );
    ok( !strcmp( infosA[0].szProtocol, "MSAFD Tcpip [TCP/IP]" ), "Got name %s.\n", infosA[0].szProtocol );
    ok( infosA[0].dwCatalogEntryId == 1001 && infosA[0].iProtocol == IPPROTO_TCP, "Got id %lu, protocol %d.\n",
        infosA[0].dwCatalogEntryId, infosA[0].iProtocol );
    WSACleanup();
}

static void test_provider_path(void)
{
    int ret, error, len, needed = ARRAY_SIZE(mswsock_path);
    WCHAR path[MAX_PATH];

    reset_catalog();

    len = MAX_PATH;
    ret = WSCGetProviderPath( &tcpip_guid, path, &len, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    ok( !wcscmp( path, mswsock_path ), "Got path %ls.\n", path );
    ok( len == needed, "Got length %d.\n", len );

    len = needed;
    ret = WSCGetProviderPath( &tcpip6_guid, path, &len, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );

    memset( path, 0xcc, sizeof(path) );
    len = needed - 1;
    error = 0xdead;
    ret = WSCGetProviderPath( &tcpip_guid, path, &len, &error );
    check_error( ret, error, WSAEFAULT );
    ok( len == needed, "Got length %d.\n", len );
    ok( path[0] == 0xcccc, "The path was written.\n" );

    len = -1;
    error = 0xdead;
    ret = WSCGetProviderPath( &tcpip_guid, path, &len, &error );
    check_error( ret, error, WSAEFAULT );
    ok( len == needed, "Got length %d.\n", len );
    len = 0;
    error = 0xdead;
    ret = WSCGetProviderPath( &tcpip_guid, NULL, &len, &error );
    check_error( ret, error, WSAEFAULT );
    ok( len == needed, "Got length %d.\n", len );

    len = MAX_PATH;
    error = 0xdead;
    ret = WSCGetProviderPath( &tcpip_guid, NULL, &len, &error );
    check_error( ret, error, WSAEFAULT );
    error = 0xdead;
    ret = WSCGetProviderPath( &tcpip_guid, path, NULL, &error );
    check_error( ret, error, WSAEFAULT );
    error = 0xdead;
    ret = WSCGetProviderPath( NULL, path, &len, &error );
    check_error( ret, error, WSAEFAULT );

    len = MAX_PATH;
    error = 0xdead;
    ret = WSCGetProviderPath( &unknown_guid, path, &len, &error );
    check_error( ret, error, WSAEINVAL );
}

static void test_install(void)
{
    WSAPROTOCOL_INFOW layer, chains[3];
    struct list before, list;
    struct packed_item item;
    DWORD serial;
    WCHAR path[MAX_PATH];
    int ret, error, len;

    reset_catalog();
    get_list( &before );
    serial = get_dword( L"Serial_Access_Num" );

    layer = make_layer( &before, L"Winetest layer" );
    layer.ProviderId = unknown_guid;
    layer.dwProviderReserved = 0xdead;
    install( &lsp_guid, &layer, 1 );

    /* Visible at once, behind the others, with an id and the GUID that was given. */
    get_list( &list );
    ok( list.count == before.count + 1, "Got %d entries.\n", list.count );
    ok( !memcmp( list.infos, before.infos, before.count * sizeof(*list.infos) ), "The others have changed.\n" );
    layer.dwCatalogEntryId = list.infos[before.count].dwCatalogEntryId;
    layer.ProviderId = lsp_guid;
    layer.dwProviderReserved = 0;
    ok( find_id( &before, layer.dwCatalogEntryId ) == -1, "Id %lu is not new.\n", layer.dwCatalogEntryId );
    ok( !memcmp( &list.infos[before.count], &layer, sizeof(layer) ), "Got another entry.\n" );
    ok( get_dword( L"Serial_Access_Num" ) != serial, "The serial number is still %lu.\n", serial );
    ok( get_count( NATIVE_COUNT ) == list.count, "Got count %d.\n", get_count( NATIVE_COUNT ) );
    ok( read_item( list.count, &item ), "There is no item.\n" );
    ok( !strcmp( item.path, "%SystemRoot%\\system32\\winetestlsp.dll" ), "Got path %s.\n", item.path );

    len = ARRAY_SIZE(path);
    ret = WSCGetProviderPath( &lsp_guid, path, &len, &error );
    ok( !ret && !wcscmp( path, LSP_PATH ), "Got %d, path %ls.\n", ret, path );

    chains[0] = make_chain( &list, layer.dwCatalogEntryId, 1001, L"Winetest over TCP" );
    chains[1] = make_chain( &list, layer.dwCatalogEntryId, 1002, L"Winetest over UDP" );
    install( &chain_guid, chains, 2 );
    before = list;
    get_list( &list );
    ok( list.count == before.count + 2, "Got %d entries.\n", list.count );
    ok( !wcscmp( list.infos[before.count].szProtocol, L"Winetest over TCP" ), "Got another order.\n" );
    ok( list.infos[before.count].dwCatalogEntryId != list.infos[before.count + 1].dwCatalogEntryId,
        "Got the same id twice.\n" );
    ok( !memcmp( &list.infos[before.count].ProtocolChain, &chains[0].ProtocolChain, sizeof(chains[0].ProtocolChain) ),
        "Got another chain.\n" );
}

static void test_install_errors(void)
{
    WCHAR long_path[MAX_PATH + 1], path[MAX_PATH];
    int ret, error, i, len = ARRAY_SIZE(path);
    WSAPROTOCOL_INFOW infos[2];
    struct list before, list;

    reset_catalog();
    get_list( &before );
    infos[0] = make_layer( &before, L"Winetest layer" );
    infos[1] = make_chain( &before, 1001, 1001, L"Winetest chain" );

    error = 0xdead;
    ret = WSCInstallProvider( &tcpip_guid, LSP_PATH, infos, 1, &error );
    check_error( ret, error, WSANO_RECOVERY );
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, LSP_PATH, infos, 0, &error );
    check_error( ret, error, WSAEINVAL );
    error = 0xdead;
    ret = WSCInstallProvider( NULL, LSP_PATH, infos, 1, &error );
    check_error( ret, error, WSAEFAULT );
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, NULL, infos, 1, &error );
    check_error( ret, error, WSAEFAULT );
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, LSP_PATH, NULL, 1, &error );
    check_error( ret, error, WSAEFAULT );
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, LSP_PATH, (WSAPROTOCOL_INFOW *)8, 2, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCInstallProvider( &lsp_guid, LSP_PATH, infos, 0, NULL );
    ok( ret == SOCKET_ERROR, "Got %d.\n", ret );

    for (i = 0; i < MAX_PATH; ++i) long_path[i] = 'x';
    long_path[MAX_PATH] = 0;
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, long_path, infos, 1, &error );
    check_error( ret, error, WSAEINVAL );
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, L"", infos, 1, &error );
    check_error( ret, error, WSAEINVAL );

    /* Half a surrogate pair is in no code page. */
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, L"C:\\winetest\\\xd800.dll", infos, 1, &error );
    check_error( ret, error, WSAEINVAL );

    /* All or nothing. */
    for (i = 0; i <= WSAPROTOCOL_LEN; ++i) infos[1].szProtocol[i] = 'x';
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, LSP_PATH, infos, 2, &error );
    check_error( ret, error, WSAEINVAL );
    infos[1].szProtocol[WSAPROTOCOL_LEN] = 0;
    infos[1].ProtocolChain.ChainLen = MAX_PROTOCOL_CHAIN + 1;
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, LSP_PATH, infos, 2, &error );
    check_error( ret, error, WSAEINVAL );
    infos[1].ProtocolChain.ChainLen = -1;
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, LSP_PATH, infos, 2, &error );
    check_error( ret, error, WSAEINVAL );
    check_unchanged( &before );

    /* As long as can be: the path, the chain and the name. A chain of elements that are not there, too. */
    long_path[MAX_PATH - 1] = 0;
    infos[1].ProtocolChain.ChainLen = MAX_PROTOCOL_CHAIN;
    for (i = 0; i < MAX_PROTOCOL_CHAIN; ++i) infos[1].ProtocolChain.ChainEntries[i] = 77;
    ret = WSCInstallProvider( &lsp_guid, long_path, infos, 2, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    infos[1].dwCatalogEntryId = list.infos[before.count + 1].dwCatalogEntryId;
    infos[1].ProviderId = lsp_guid;
    ok( list.count == before.count + 2 && !memcmp( &list.infos[before.count + 1], &infos[1], sizeof(infos[1]) ),
        "Got another entry, %d in all.\n", list.count );
    ret = WSCGetProviderPath( &lsp_guid, path, &len, &error );
    ok( !ret && !wcscmp( path, long_path ), "Got %d, path %ls.\n", ret, path );
    error = 0xdead;
    ret = WSCInstallProvider( &lsp_guid, LSP_PATH, infos, 1, &error );
    check_error( ret, error, WSANO_RECOVERY );
}

static void test_update(void)
{
    static const WCHAR new_path[] = L"C:\\winetest\\other.dll";
    WSAPROTOCOL_INFOW layer, chains[2], changed;
    struct list before, list;
    WCHAR path[MAX_PATH];
    int ret, error, pos, len, i;

    reset_catalog();
    get_list( &list );
    layer = make_layer( &list, L"Winetest layer" );
    install( &lsp_guid, &layer, 1 );
    get_list( &list );
    layer = list.infos[list.count - 1];
    chains[0] = make_chain( &list, layer.dwCatalogEntryId, 1001, L"Winetest over TCP" );
    chains[1] = make_chain( &list, layer.dwCatalogEntryId, 1002, L"Winetest over UDP" );
    install( &chain_guid, chains, 2 );
    layer = make_layer( &list, L"Winetest layer 2" );
    install( &lsp2_guid, &layer, 1 );
    get_list( &before );

    pos = before.count - 3;
    changed = before.infos[pos];
    changed.ProtocolChain.ChainLen = 3;
    changed.ProtocolChain.ChainEntries[2] = 1001;
    changed.dwProviderReserved = 0xdead;
    ret = WSCUpdateProvider( &chain_guid, new_path, &changed, 1, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );

    get_list( &list );
    changed.dwProviderReserved = 0;
    ok( !memcmp( &list.infos[pos], &changed, sizeof(changed) ), "The entry is not the new one.\n" );
    before.infos[pos] = changed;
    check_unchanged( &before );
    len = ARRAY_SIZE(path);
    ret = WSCGetProviderPath( &chain_guid, path, &len, &error );
    ok( !ret && !wcscmp( path, new_path ), "Got %d, path %ls.\n", ret, path );
    len = ARRAY_SIZE(path);
    ret = WSCGetProviderPath( &lsp_guid, path, &len, &error );
    ok( !ret && !wcscmp( path, LSP_PATH ), "Got %d, path %ls.\n", ret, path );

    error = 0xdead;
    ret = WSCUpdateProvider( &unknown_guid, new_path, &changed, 1, &error );
    check_error( ret, error, WSAEINVAL );
    error = 0xdead;
    ret = WSCUpdateProvider( &lsp2_guid, new_path, &changed, 1, &error );
    check_error( ret, error, WSAEINVAL );
    error = 0xdead;
    ret = WSCUpdateProvider( NULL, new_path, &changed, 1, &error );
    check_error( ret, error, WSAEFAULT );
    error = 0xdead;
    ret = WSCUpdateProvider( &chain_guid, NULL, &changed, 1, &error );
    check_error( ret, error, WSAEFAULT );
    error = 0xdead;
    ret = WSCUpdateProvider( &chain_guid, new_path, NULL, 1, &error );
    check_error( ret, error, WSAEFAULT );
    error = 0xdead;
    ret = WSCUpdateProvider( &chain_guid, new_path, &changed, 0, &error );
    check_error( ret, error, WSAEINVAL );
    changed.ProtocolChain.ChainLen = 8;
    error = 0xdead;
    ret = WSCUpdateProvider( &chain_guid, new_path, &changed, 1, &error );
    check_error( ret, error, WSAEINVAL );
    changed.ProtocolChain.ChainLen = 2;
    error = 0xdead;
    ret = WSCUpdateProvider( &chain_guid, L"", &changed, 1, &error );
    check_error( ret, error, WSAEINVAL );
    error = 0xdead;
    ret = WSCUpdateProvider( &chain_guid, L"C:\\winetest\\\xd800.dll", &changed, 1, &error );
    check_error( ret, error, WSAEINVAL );
    for (i = 0; i <= WSAPROTOCOL_LEN; ++i) changed.szProtocol[i] = 'x';
    error = 0xdead;
    ret = WSCUpdateProvider( &chain_guid, new_path, &changed, 1, &error );
    check_error( ret, error, WSAEINVAL );

    /* An id of another provider, beside a good one: neither entry changes. */
    list = before;
    wcscpy( list.infos[pos].szProtocol, L"Winetest updated" );
    list.infos[pos + 1] = list.infos[0];
    error = 0xdead;
    ret = WSCUpdateProvider( &chain_guid, LSP_PATH, &list.infos[pos], 2, &error );
    check_error( ret, error, WSAEINVAL );
    check_unchanged( &before );
}

static void test_deinstall(void)
{
    WSAPROTOCOL_INFOW layer, chains[2];
    struct list base, list;
    struct packed_item item;
    int ret, error;

    reset_catalog();
    get_list( &base );
    layer = make_layer( &base, L"Winetest layer" );
    install( &lsp_guid, &layer, 1 );
    get_list( &list );
    layer = list.infos[list.count - 1];
    chains[0] = make_chain( &list, layer.dwCatalogEntryId, 1001, L"Winetest over TCP" );
    chains[1] = make_chain( &list, layer.dwCatalogEntryId, 1002, L"Winetest over UDP" );
    install( &chain_guid, chains, 2 );

    error = 0xdead;
    ret = WSCDeinstallProvider( &unknown_guid, &error );
    check_error( ret, error, WSAEINVAL );
    error = 0xdead;
    ret = WSCDeinstallProvider( NULL, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCDeinstallProvider( &unknown_guid, (int *)8 );
    ok( ret == SOCKET_ERROR, "Got %d.\n", ret );

    /* The layer before its chains, as the installer of the Windows sample does: the chains stay. */
    ret = WSCDeinstallProvider( &lsp_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    get_list( &list );
    ok( list.count == base.count + 2, "Got %d entries.\n", list.count );
    ok( count_provider( &list, &chain_guid ) == 2, "Got %d chains.\n", count_provider( &list, &chain_guid ) );

    /* All entries of a provider go at once. */
    ret = WSCDeinstallProvider( &chain_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    check_unchanged( &base );
    ok( get_count( NATIVE_COUNT ) == base.count, "Got count %d.\n", get_count( NATIVE_COUNT ) );
    ok( !read_item( base.count + 1, &item ), "There is still an item.\n" );

    error = 0xdead;
    ret = WSCDeinstallProvider( &chain_guid, &error );
    check_error( ret, error, WSAEINVAL );

    /* Ids are not used again. */
    install( &lsp_guid, &layer, 1 );
    get_list( &list );
    ok( list.infos[list.count - 1].dwCatalogEntryId > layer.dwCatalogEntryId, "Got id %lu again.\n",
        list.infos[list.count - 1].dwCatalogEntryId );
}

static void test_order(void)
{
    int (WSPAPI *pWSCWriteProviderOrder)(DWORD *, DWORD);
    struct list base, list;
    struct packed_item item;
    DWORD ids[100], serial;
    HMODULE sporder;
    int ret, i;

    reset_catalog();
    get_list( &base );
    serial = get_dword( L"Serial_Access_Num" );
    for (i = 0; i < base.count; ++i) ids[i] = base.infos[base.count - 1 - i].dwCatalogEntryId;

    ret = WSCWriteProviderOrder( ids, base.count - 1 );
    ok( ret == WSAEINVAL, "Got %d for a missing id.\n", ret );
    ids[base.count] = ids[0];
    ret = WSCWriteProviderOrder( ids, base.count + 1 );
    ok( ret == WSAEINVAL, "Got %d for an id too many.\n", ret );
    ids[0] = ids[1];
    ret = WSCWriteProviderOrder( ids, base.count );
    ok( ret == WSAEINVAL, "Got %d for a repeated id.\n", ret );
    ids[0] = 0xdead;
    ret = WSCWriteProviderOrder( ids, base.count );
    ok( ret == WSAEINVAL, "Got %d for a foreign id.\n", ret );
    ret = WSCWriteProviderOrder( ids, 0 );
    ok( ret == WSAEINVAL, "Got %d for no id.\n", ret );
    ret = WSCWriteProviderOrder( NULL, base.count );
    ok( ret == WSAEINVAL, "Got %d for no array.\n", ret );
    check_unchanged( &base );
    ok( get_dword( L"Serial_Access_Num" ) == serial, "The serial number has changed.\n" );

    ids[0] = base.infos[base.count - 1].dwCatalogEntryId;
    ret = WSCWriteProviderOrder( ids, base.count );
    ok( !ret, "Got %d.\n", ret );
    get_list( &list );
    ok( list.count == base.count, "Got %d entries.\n", list.count );
    for (i = 0; i < list.count; ++i)
    {
        winetest_push_context( "Entry %d", i );
        ok( !memcmp( &list.infos[i], &base.infos[base.count - 1 - i], sizeof(*list.infos) ), "Got another one.\n" );
        ok( read_item( i + 1, &item ), "There is no item.\n" );
        ok( !memcmp( &item.info, &list.infos[i], sizeof(item.info) ), "The item is another one.\n" );
        winetest_pop_context();
    }
    ok( get_dword( L"Serial_Access_Num" ) != serial, "The serial number has not changed.\n" );

    sporder = LoadLibraryW( L"sporder.dll" );
    ok( sporder != NULL, "Cannot load sporder, error %lu.\n", GetLastError() );
    pWSCWriteProviderOrder = (void *)GetProcAddress( sporder, "WSCWriteProviderOrder" );
    ok( pWSCWriteProviderOrder != NULL, "sporder lacks WSCWriteProviderOrder.\n" );
    if (pWSCWriteProviderOrder)
    {
        for (i = 0; i < base.count; ++i) ids[i] = base.infos[i].dwCatalogEntryId;
        ret = pWSCWriteProviderOrder( ids, base.count - 1 );
        ok( ret == WSAEINVAL, "Got %d.\n", ret );
        ret = pWSCWriteProviderOrder( ids, base.count );
        ok( !ret, "Got %d.\n", ret );
        check_unchanged( &base );
    }
    FreeLibrary( sporder );
}

START_TEST(catalog)
{
    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    test_enum_buffer();
    test_base_entries();
    test_registry();
    test_filter();
    test_provider_path();
    test_install();
    test_install_errors();
    test_update();
    test_deinstall();
    test_order();
    restore_catalog();
}
