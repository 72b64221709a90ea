/*
 * Unit tests for the transport catalog: programs that write the registry themselves
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
#include "util.h"

#define NATIVE_KEY CATALOG_KEY L"\\" NATIVE_ENTRIES

/* --- the registry as other programs write it --- */

static void set_dword( const WCHAR *value, DWORD data )
{
    set_value( value, REG_DWORD, &data, sizeof(data) );
}

static void delete_value( const WCHAR *value )
{
    LSTATUS ret = RegDeleteKeyValueW( HKEY_LOCAL_MACHINE, CATALOG_KEY, value );

    ok( !ret, "Deleting %ls returned %ld.\n", value, ret );
}

static HKEY open_entry_key( const WCHAR *name )
{
    LSTATUS ret;
    HKEY key;

    ret = RegCreateKeyExW( HKEY_LOCAL_MACHINE, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL );
    ok( !ret, "Creating %ls returned %ld.\n", name, ret );
    return key;
}

static void write_named_item( const WCHAR *name, DWORD type, const void *data, DWORD size )
{
    WCHAR path[256];
    LSTATUS ret;
    HKEY key;

    swprintf( path, ARRAY_SIZE(path), NATIVE_KEY L"\\%ls", name );
    key = open_entry_key( path );
    ret = RegSetValueExW( key, L"PackedCatalogItem", 0, type, data, size );
    ok( !ret, "Setting PackedCatalogItem returned %ld.\n", ret );
    RegCloseKey( key );
}

static struct packed_item make_item( const WSAPROTOCOL_INFOW *info, DWORD id, const GUID *guid, const WCHAR *name )
{
    struct packed_item item = {.path = "C:\\winetest\\direct.dll", .info = *info};

    item.info.dwCatalogEntryId = id;
    item.info.ProviderId = *guid;
    wcscpy( item.info.szProtocol, name );
    return item;
}

/* What installers do that do not know the functions (§14.1): they add a key, and one to three values. */
static DWORD direct_install( const struct packed_item *item )
{
    DWORD id = get_dword( L"Next_Catalog_Entry_ID" ), count = get_dword( NATIVE_COUNT );
    struct packed_item new_item = *item;

    new_item.info.dwCatalogEntryId = id;
    write_item( count + 1, &new_item, sizeof(new_item) );
    set_dword( L"Next_Catalog_Entry_ID", id + 1 );
    set_dword( NATIVE_COUNT, count + 1 );
    set_dword( L"Serial_Access_Num", get_dword( L"Serial_Access_Num" ) + 1 );
    return id;
}

/* And to have their entries first, they write what is in the keys anew. */
static void direct_move_to_front( unsigned int number )
{
    struct packed_item first, item;

    ok( read_item( number, &first ), "There is no item %u.\n", number );
    for (; number > 1; --number)
    {
        ok( read_item( number - 1, &item ), "There is no item %u.\n", number - 1 );
        write_item( number, &item, sizeof(item) );
    }
    write_item( 1, &first, sizeof(first) );
    set_dword( L"Serial_Access_Num", get_dword( L"Serial_Access_Num" ) + 1 );
}

/* --- what is in the registry --- */

#define check_keys( list ) check_keys_( __LINE__, list )
static void check_keys_( int line, const struct list *list )
{
    struct packed_item item;
    int i;

    ok_(__FILE__, line)( get_count( NATIVE_COUNT ) == list->count, "Got count %d for %d entries.\n",
                         get_count( NATIVE_COUNT ), list->count );
    for (i = 0; i < list->count; ++i)
        ok_(__FILE__, line)( read_item( i + 1, &item ) && !memcmp( &item.info, &list->infos[i], sizeof(item.info) ),
                             "Key %d does not have entry %d.\n", i + 1, i );
    ok_(__FILE__, line)( !read_item( list->count + 1, &item ), "There is a key too many.\n" );
}

static unsigned int count_keys(void)
{
    DWORD count = 0;
    LSTATUS ret;
    HKEY key;

    ret = RegOpenKeyExW( HKEY_LOCAL_MACHINE, NATIVE_KEY, 0, KEY_READ, &key );
    ok( !ret, "Opening the key returned %ld.\n", ret );
    ret = RegQueryInfoKeyW( key, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL, NULL );
    ok( !ret, "Counting the keys returned %ld.\n", ret );
    RegCloseKey( key );
    return count;
}

/* --- installers --- */

static void test_installer(void)
{
    struct packed_item layer, chain;
    struct list base, list;
    WSAPROTOCOL_INFOW infos[100], info;
    int ret, error, len;
    WCHAR path[MAX_PATH];
    DWORD layer_id, chain_id, size = sizeof(infos);
    WSADATA data;

    reset_catalog();
    get_list( &base );
    info = make_layer( &base, L"Winetest layer" );
    layer = make_item( &info, 0, &lsp_guid, L"Winetest layer" );
    layer_id = direct_install( &layer );
    info = make_chain( &base, layer_id, 1001, L"Winetest chain" );
    chain = make_item( &info, 0, &chain_guid, L"Winetest chain" );
    chain_id = direct_install( &chain );
    direct_move_to_front( base.count + 2 );

    get_list( &list );
    ok( list.count == base.count + 2, "Got %d entries.\n", list.count );
    ok( list.infos[0].dwCatalogEntryId == chain_id, "Got id %lu first.\n", list.infos[0].dwCatalogEntryId );
    ok( !memcmp( list.infos + 1, base.infos, base.count * sizeof(*base.infos) ), "The base entries differ.\n" );
    ok( list.infos[base.count + 1].dwCatalogEntryId == layer_id, "Got id %lu last.\n",
        list.infos[base.count + 1].dwCatalogEntryId );
    len = ARRAY_SIZE(path);
    ret = WSCGetProviderPath( &chain_guid, path, &len, &error );
    ok( !ret && !wcscmp( path, L"C:\\winetest\\direct.dll" ), "Got %d, path %ls.\n", ret, path );

    ret = WSAStartup( MAKEWORD(2, 2), &data );
    ok( !ret, "WSAStartup returned %d.\n", ret );
    ret = WSAEnumProtocolsW( NULL, infos, &size );
    ok( ret > 0 && infos[0].dwCatalogEntryId == chain_id, "Got %d entries.\n", ret );
    WSACleanup();

    /* Our functions know them as others. */
    info = list.infos[0];
    wcscpy( info.szProtocol, L"Winetest updated" );
    ret = WSCUpdateProvider( &chain_guid, L"C:\\winetest\\updated.dll", &info, 1, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    list.infos[0] = info;
    check_unchanged( &list );
    ret = WSCDeinstallProvider( &lsp_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    ret = WSCDeinstallProvider( &chain_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    check_unchanged( &base );
    check_keys( &base );
}

/* The same with a DLL that works: sockets go through it. */
static void test_traffic(void)
{
    struct test_layer layer = {.guid = lsp_guid};
    struct packed_item item;
    WSAPROTOCOL_INFOW info;
    struct list base;
    SOCKET s;

    reset_catalog();
    get_list( &base );
    get_test_path( L"testlsp.dll", layer.path );
    info = make_layer( &base, L"Winetest layer" );
    item = make_item( &info, 0, &lsp_guid, L"Winetest layer" );
    WideCharToMultiByte( CP_ACP, 0, layer.path, -1, item.path, sizeof(item.path), NULL, NULL );
    layer.id = direct_install( &item );
    info = make_chain( &base, layer.id, 1001, L"Winetest chain" );
    item.info = info;
    item.info.ProviderId = chain_guid;
    layer.tcp_id = direct_install( &item );
    direct_move_to_front( base.count + 2 );

    load_layer( &layer );
    start_winsock();
    clear_counts( &layer );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    ok( s != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
    ok( take_count( &layer, TESTLSP_SOCKET ) == 1, "The layer was not asked for the socket.\n" );
    closesocket( s );
    s = socket( AF_INET, SOCK_DGRAM, 0 );
    ok( s != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
    ok( !take_count( &layer, TESTLSP_SOCKET ), "The layer was asked for another socket.\n" );
    closesocket( s );
    WSACleanup();
    unload_layer( &layer );
}

/* The catalog is in the order of the keys' names, in whatever order they were made, and with what gaps. */
static void test_key_order(void)
{
    static const struct
    {
        const WCHAR *name;
        DWORD id;
    }
    keys[] = {{L"999999999999", 3005}, {L"000000000050", 3003}, {L"000000000000", 3001}, {L"000000000020", 3002},
              {L"004294967297", 3004}};
    struct packed_item item;
    WSAPROTOCOL_INFOW layer;
    struct list base, list;
    unsigned int i;

    reset_catalog();
    get_list( &base );
    for (i = 0; i < ARRAY_SIZE(keys); ++i)
    {
        item = make_item( base.infos, keys[i].id, &lsp_guid, L"Winetest direct" );
        write_named_item( keys[i].name, REG_BINARY, &item, sizeof(item) );
    }

    get_list( &list );
    ok( list.count == base.count + 5, "Got %d entries.\n", list.count );
    ok( list.infos[0].dwCatalogEntryId == 3001, "Got id %lu first.\n", list.infos[0].dwCatalogEntryId );
    ok( !memcmp( list.infos + 1, base.infos, base.count * sizeof(*base.infos) ), "The base entries differ.\n" );
    for (i = 0; i < 4; ++i)
        ok( list.infos[base.count + 1 + i].dwCatalogEntryId == 3002 + i, "Got id %lu.\n",
            list.infos[base.count + 1 + i].dwCatalogEntryId );

    /* Our writes number the keys from 1 without gaps, and leave none of the others. */
    layer = make_layer( &base, L"Winetest layer" );
    install( &lsp2_guid, &layer, 1 );
    get_list( &list );
    ok( list.count == base.count + 6, "Got %d entries.\n", list.count );
    check_keys( &list );
    ok( count_keys() == (unsigned int)list.count, "Got %u keys.\n", count_keys() );
}

/* The keys count, not the number beside them. */
static void test_counts(void)
{
    static const DWORD counts[] = {0, 1, 1000, 0xffffffff};
    struct packed_item item;
    WSAPROTOCOL_INFOW layer;
    struct list list;
    unsigned int i;

    reset_catalog();
    get_list( &list );
    item = make_item( list.infos, 3000, &lsp_guid, L"Winetest direct" );
    write_item( list.count + 1, &item, sizeof(item) );
    list.infos[list.count++] = item.info;
    check_unchanged( &list );

    for (i = 0; i < ARRAY_SIZE(counts); ++i)
    {
        set_dword( NATIVE_COUNT, counts[i] );
        check_unchanged( &list );
    }
    set_value( NATIVE_COUNT, REG_SZ, L"9", sizeof(L"9") );
    check_unchanged( &list );
    delete_value( NATIVE_COUNT );
    check_unchanged( &list );

    layer = make_layer( &list, L"Winetest layer" );
    install( &lsp2_guid, &layer, 1 );
    get_list( &list );
    check_keys( &list );
}

/* --- ids --- */

static void check_new_id( const struct list *before )
{
    WSAPROTOCOL_INFOW layer = make_layer( before, L"Winetest layer" );
    struct list list;
    int ret, error;
    DWORD id;

    install( &lsp2_guid, &layer, 1 );
    get_list( &list );
    ok( list.count == before->count + 1, "Got %d entries.\n", list.count );
    id = list.infos[list.count - 1].dwCatalogEntryId;
    ok( id && find_id( before, id ) == -1, "Id %lu is not a new one.\n", id );
    ret = WSCDeinstallProvider( &lsp2_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
}

static void test_ids(void)
{
    struct packed_item item;
    struct list list;

    reset_catalog();
    get_list( &list );

    /* The installer has taken the next id without saying so. */
    item = make_item( list.infos, get_dword( L"Next_Catalog_Entry_ID" ), &lsp_guid, L"Winetest direct" );
    write_item( list.count + 1, &item, sizeof(item) );
    list.infos[list.count++] = item.info;
    check_new_id( &list );

    set_dword( L"Next_Catalog_Entry_ID", 0 );
    check_new_id( &list );
    set_dword( L"Next_Catalog_Entry_ID", 1001 );
    check_new_id( &list );
    set_value( L"Next_Catalog_Entry_ID", REG_SZ, L"1001", sizeof(L"1001") );
    check_new_id( &list );
    delete_value( L"Next_Catalog_Entry_ID" );
    check_new_id( &list );

    /* Behind the greatest id there is none. */
    item.info.dwCatalogEntryId = 0xffffffff;
    write_item( list.count, &item, sizeof(item) );
    list.infos[list.count - 1] = item.info;
    delete_value( L"Next_Catalog_Entry_ID" );
    check_new_id( &list );
    set_dword( L"Next_Catalog_Entry_ID", 0xffffffff );
    check_new_id( &list );
}

#ifdef _WIN64
/* Both catalogs have their ids from one number. */
static void test_ids_of_both(void)
{
    struct packed_item item;
    WSAPROTOCOL_INFOW layer;
    struct list base, list;
    LSTATUS ret;
    HKEY key;

    reset_catalog();
    get_list( &base );
    item = make_item( base.infos, get_dword( L"Next_Catalog_Entry_ID" ), &lsp_guid, L"Winetest direct" );
    key = open_entry_key( CATALOG_KEY L"\\Catalog_Entries\\000000000100" );
    ret = RegSetValueExW( key, L"PackedCatalogItem", 0, REG_BINARY, (BYTE *)&item, sizeof(item) );
    ok( !ret, "Setting PackedCatalogItem returned %ld.\n", ret );
    RegCloseKey( key );

    layer = make_layer( &base, L"Winetest layer" );
    install( &lsp2_guid, &layer, 1 );
    get_list( &list );
    ok( list.count == base.count + 1, "Got %d entries.\n", list.count );
    ok( list.infos[base.count].dwCatalogEntryId != item.info.dwCatalogEntryId, "Got id %lu again.\n",
        item.info.dwCatalogEntryId );
    get_list_of( TRUE, &list );
    ok( list.count == base.count + 1, "Got %d 32-bit entries.\n", list.count );
}
#endif

/* --- the serial number --- */

static void test_serial(void)
{
    DWORD serial, ids[100];
    WSAPROTOCOL_INFOW layer;
    struct list list;
    int ret, error, i;

    reset_catalog();
    get_list( &list );
    layer = make_layer( &list, L"Winetest layer" );

#define CHECK_CHANGED( changes ) \
    ok( (get_dword( L"Serial_Access_Num" ) != serial) == changes, "Got serial number %#lx after %#lx.\n", \
        get_dword( L"Serial_Access_Num" ), serial ); \
    serial = get_dword( L"Serial_Access_Num" )

    /* Another program has set it to what it likes. */
    set_dword( L"Serial_Access_Num", serial = 0xffffffff );
    install( &lsp_guid, &layer, 1 );
    CHECK_CHANGED( TRUE );
    get_list( &list );
    CHECK_CHANGED( FALSE );
    layer = list.infos[list.count - 1];
    ret = WSCUpdateProvider( &lsp_guid, LSP_PATH, &layer, 1, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    CHECK_CHANGED( TRUE );
    for (i = 0; i < list.count; ++i) ids[i] = list.infos[i].dwCatalogEntryId;
    ret = WSCWriteProviderOrder( ids, list.count );
    ok( !ret, "Got %d.\n", ret );
    CHECK_CHANGED( TRUE );
    ret = WSCDeinstallProvider( &unknown_guid, &error );
    check_error( ret, error, WSAEINVAL );
    CHECK_CHANGED( FALSE );
    ret = WSCDeinstallProvider( &lsp_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    CHECK_CHANGED( TRUE );
#undef CHECK_CHANGED
}

struct changer
{
    volatile LONG stop;
    LONG changes;
};

static DWORD WINAPI changer_thread( void *arg )
{
    struct changer *changer = arg;

    while (!changer->stop) set_dword( L"Serial_Access_Num", 0x10000 + ++changer->changes );
    return 0;
}

/* A program that writes while we do is noticed: its changes are not overwritten, ours fails as a whole. */
static void test_changed_meanwhile(void)
{
    struct changer changer = {0};
    int ret, error, i, failures = 0;
    WSAPROTOCOL_INFOW layer;
    struct list base;
    HANDLE thread;

    reset_catalog();
    get_list( &base );
    layer = make_layer( &base, L"Winetest layer" );
    thread = CreateThread( NULL, 0, changer_thread, &changer, 0, NULL );
    for (i = 0; i < 20; ++i)
    {
        error = 0xdead;
        ret = WSCInstallProvider( &lsp_guid, LSP_PATH, &layer, 1, &error );
        if (!ret) ret = WSCDeinstallProvider( &lsp_guid, &error );
        if (!ret) continue;
        check_error( ret, error, WSANO_RECOVERY );
        ++failures;
    }
    changer.stop = 1;
    WaitForSingleObject( thread, 10000 );
    CloseHandle( thread );
    ok( failures > 0, "None of %ld changes was noticed.\n", changer.changes );

    WSCDeinstallProvider( &lsp_guid, &error );
    check_unchanged( &base );
    check_keys( &base );
}

/* --- malformed entries --- */

/* The keys that a write has to keep elsewhere, and what is in them. */
struct malformed
{
    const WCHAR *name;
    DWORD type;
    DWORD size;
    BYTE *data;
};

#define MALFORMED_MAX (sizeof(struct packed_item) + 1)

static BYTE malformed_data[8][MALFORMED_MAX];
static const struct malformed malformed[] =
{
    {L"000000000101", REG_BINARY, sizeof(struct packed_item) - 1, malformed_data[0]},
    {L"000000000102", REG_BINARY, sizeof(struct packed_item) + 1, malformed_data[1]},
    {L"000000000103", REG_BINARY, 0, malformed_data[2]},
    {L"000000000104", REG_SZ, sizeof(struct packed_item), malformed_data[3]},
    {L"000000000105", REG_BINARY, sizeof(struct packed_item), malformed_data[4]}, /* path without an end */
    {L"000000000106", REG_BINARY, sizeof(struct packed_item), malformed_data[5]}, /* chain too long */
    {L"000000000107", REG_BINARY, sizeof(struct packed_item), malformed_data[6]}, /* negative length of the chain */
    {L"000000000108", REG_BINARY, sizeof(struct packed_item), malformed_data[7]}, /* the id of another entry */
};

static void write_malformed( const struct list *base )
{
    struct packed_item item;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(malformed); ++i)
    {
        item = make_item( base->infos, 4000 + i, &lsp_guid, L"Winetest malformed" );
        if (i == 4) memset( item.path, 'x', sizeof(item.path) );
        if (i == 5) item.info.ProtocolChain.ChainLen = MAX_PROTOCOL_CHAIN + 1;
        if (i == 6) item.info.ProtocolChain.ChainLen = -1;
        if (i == 7) item.info.dwCatalogEntryId = base->infos[base->count - 1].dwCatalogEntryId;
        memcpy( malformed[i].data, &item, sizeof(item) );
        write_named_item( malformed[i].name, malformed[i].type, malformed[i].data, malformed[i].size );
    }
}

static void check_malformed_copies(void)
{
    BYTE data[MALFORMED_MAX];
    DWORD size, type;
    unsigned int i;
    WCHAR name[256];
    LSTATUS ret;

    for (i = 0; i < ARRAY_SIZE(malformed); ++i)
    {
        winetest_push_context( "%ls", malformed[i].name );
        swprintf( name, ARRAY_SIZE(name), NATIVE_KEY L"\\malformed %ls 1", malformed[i].name );
        size = sizeof(data);
        ret = RegGetValueW( HKEY_LOCAL_MACHINE, name, L"PackedCatalogItem", RRF_RT_ANY | RRF_NOEXPAND, &type, data,
                            &size );
        ok( !ret && type == malformed[i].type, "Got %ld, type %lu.\n", ret, type );
        ok( size >= malformed[i].size && !memcmp( data, malformed[i].data, malformed[i].size ),
            "Got %lu other bytes.\n", size );
        winetest_pop_context();
    }
}

/* What is no entry is passed over, and does not disturb the others. It survives our writes, as what it is. */
static void test_malformed(void)
{
    static const WCHAR *const other_names[] = {L"1", L"0000000000012", L"00000000001x", L"winetest", L" 00000000012"};
    struct packed_item item;
    WSAPROTOCOL_INFOW layer;
    struct list base, list;
    int ret, error;
    unsigned int i;
    GUID last_guid;

    reset_catalog();
    get_list( &base );
    write_malformed( &base );
    RegCloseKey( open_entry_key( NATIVE_KEY L"\\000000000109" ) );
    item = make_item( base.infos, 5000, &lsp_guid, L"Winetest name" );
    for (i = 0; i < ARRAY_SIZE(other_names); ++i, ++item.info.dwCatalogEntryId)
        write_named_item( other_names[i], REG_BINARY, &item, sizeof(item) );
    check_unchanged( &base );

    /* A good one behind them is found. */
    item = make_item( base.infos, 6000, &lsp_guid, L"Winetest good" );
    write_named_item( L"000000000110", REG_BINARY, &item, sizeof(item) );
    list = base;
    list.infos[list.count++] = item.info;
    check_unchanged( &list );

    layer = make_layer( &base, L"Winetest layer" );
    install( &lsp2_guid, &layer, 1 );
    get_list( &list );
    ok( list.count == base.count + 2, "Got %d entries.\n", list.count );
    check_keys( &list );
    check_malformed_copies();
    for (i = 0; i < ARRAY_SIZE(other_names); ++i)
    {
        WCHAR name[256];

        swprintf( name, ARRAY_SIZE(name), NATIVE_KEY L"\\%ls", other_names[i] );
        ok( !RegGetValueW( HKEY_LOCAL_MACHINE, name, L"PackedCatalogItem", RRF_RT_REG_BINARY, NULL, NULL, NULL ),
            "%ls is gone.\n", other_names[i] );
    }
    ok( count_keys() == list.count + ARRAY_SIZE(malformed) + 1 + ARRAY_SIZE(other_names), "Got %u keys.\n",
        count_keys() );

    /* The next write finds nothing to keep. One does not become an entry when the one with its id goes. */
    last_guid = base.infos[base.count - 1].ProviderId;
    list.count -= count_provider( &list, &last_guid );
    ret = WSCDeinstallProvider( &last_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    ok( count_keys() == list.count + ARRAY_SIZE(malformed) + 1 + ARRAY_SIZE(other_names), "Got %u keys.\n",
        count_keys() );
    i = list.count;
    get_list( &list );
    ok( list.count == (int)i, "Got %d entries instead of %u.\n", list.count, i );

    /* The same key once more: both stay. */
    write_named_item( malformed[0].name, REG_BINARY, "x", 1 );
    ret = WSCDeinstallProvider( &lsp2_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    check_malformed_copies();
    ok( !RegGetValueW( HKEY_LOCAL_MACHINE, NATIVE_KEY L"\\malformed 000000000101 2", L"PackedCatalogItem",
                       RRF_RT_REG_BINARY, NULL, NULL, NULL ), "The second one is gone.\n" );
}

/* In the place of an entry: the entries behind it move up. */
static void test_overwritten(void)
{
    struct list base, list;
    WSAPROTOCOL_INFOW layer;

    reset_catalog();
    get_list( &base );
    write_item( 1, "winetest", 8 );
    get_list( &list );
    ok( list.count == base.count - 1, "Got %d entries.\n", list.count );
    ok( !memcmp( list.infos, base.infos + 1, list.count * sizeof(*list.infos) ), "The others have changed.\n" );

    layer = make_layer( &base, L"Winetest layer" );
    install( &lsp2_guid, &layer, 1 );
    get_list( &list );
    ok( list.count == base.count, "Got %d entries.\n", list.count );
    check_keys( &list );
    ok( count_keys() == (unsigned int)list.count + 1, "Got %u keys.\n", count_keys() );
}

START_TEST(catalog_direct)
{
    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    test_installer();
    test_traffic();
    test_key_order();
    test_counts();
    test_ids();
#ifdef _WIN64
    test_ids_of_both();
#endif
    test_serial();
    test_changed_meanwhile();
    test_malformed();
    test_overwritten();
    restore_catalog();
}
