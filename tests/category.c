/*
 * Tests of the categories of layers: how they are kept
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

#ifdef _WIN64
#define NATIVE_CATEGORIES CATALOG_KEY L"\\Lsp_Categories64"
#else
#define NATIVE_CATEGORIES CATALOG_KEY L"\\Lsp_Categories"
#endif

#define LSP_GUID_STRING L"{6C1B0C52-5B0A-4B1E-9D1C-312A570E1101}"

/* --- layers --- */

static int set_category( GUID *guid, DWORD category )
{
    int ret, error = 0;

    ret = WSCSetProviderInfo( guid, ProviderInfoLspCategories, (BYTE *)&category, sizeof(category), 0, &error );
    ok( ret == (error ? SOCKET_ERROR : 0), "Got %d, error %d.\n", ret, error );
    return error;
}

/* The category of a layer, and *error, 0 after success. */
static DWORD get_category( GUID *guid, int *error )
{
    size_t size = sizeof(DWORD);
    DWORD category = 0xdeadbeef;
    int ret;

    *error = 0;
    ret = WSCGetProviderInfo( guid, ProviderInfoLspCategories, (BYTE *)&category, &size, 0, error );
    ok( ret == (*error ? SOCKET_ERROR : 0), "Got %d, error %d.\n", ret, *error );
    ok( size == sizeof(DWORD), "Got size %Iu.\n", size );
    return category;
}

#define check_category( guid, expected ) check_category_( __LINE__, guid, expected )
static void check_category_( int line, GUID *guid, DWORD expected )
{
    int error;
    DWORD category = get_category( guid, &error );

    ok_(__FILE__, line)( !error && category == expected, "Got category %#lx, error %d, expected %#lx.\n", category,
                         error, expected );
}

/* WSANO_RECOVERY for a GUID without entries is what Wine's own tests found on Windows. */
#define check_unknown( guid ) check_no_layer_( __LINE__, guid, WSANO_RECOVERY )
#define check_no_layer( guid ) check_no_layer_( __LINE__, guid, WSAEINVALIDPROVIDER )
static void check_no_layer_( int line, GUID *guid, int expected )
{
    int error;

    get_category( guid, &error );
    ok_(__FILE__, line)( error == expected, "Got error %d.\n", error );
}

/* Whether the registry has a category of the layer lsp_guid. */
static BOOL is_stored( const WCHAR *key )
{
    return !RegGetValueW( HKEY_LOCAL_MACHINE, key, LSP_GUID_STRING, RRF_RT_REG_DWORD, NULL, NULL, NULL );
}

static DWORD install_layer( GUID *guid )
{
    WSAPROTOCOL_INFOW layer;
    struct list list;

    get_list( &list );
    layer = make_layer( &list, L"Winetest layer" );
    install( guid, &layer, 1 );
    get_list( &list );
    return list.infos[list.count - 1].dwCatalogEntryId;
}

static void remove_layer( GUID *guid )
{
    int ret, error = 0;

    ret = WSCDeinstallProvider( guid, &error );
    ok( !ret, "WSCDeinstallProvider returned %d, error %d.\n", ret, error );
}

static void test_set_and_get(void)
{
    DWORD serial;

    reset_catalog();
    install_layer( &lsp_guid );
    install_layer( &lsp2_guid );
    check_category( &lsp_guid, 0 );

    serial = get_dword( L"Serial_Access_Num" );
    ok( !set_category( &lsp_guid, LSP_FIREWALL | LSP_PROXY ), "Setting failed.\n" );
    ok( get_dword( L"Serial_Access_Num" ) != serial, "Serial_Access_Num is still %lu.\n", serial );
    check_category( &lsp_guid, LSP_FIREWALL | LSP_PROXY );
    check_category( &lsp2_guid, 0 );

    /* The new value is all that counts: unlike an application's it is no addition. */
    ok( !set_category( &lsp_guid, LSP_SYSTEM ), "Setting failed.\n" );
    check_category( &lsp_guid, LSP_SYSTEM );
    ok( !set_category( &lsp_guid, 0 ), "Setting failed.\n" );
    check_category( &lsp_guid, 0 );
}

/* §10.8 */
static void test_get_errors(void)
{
    static GUID *const no_layers[] = {&tcpip_guid, &chain_guid};
    WSAPROTOCOL_INFOW chain;
    struct list list;
    size_t size = 77;
    DWORD category;
    unsigned int i;
    int ret, error;

    reset_catalog();
    get_list( &list );
    i = install_layer( &lsp_guid );
    chain = make_chain( &list, i, 1001, L"Winetest chain" );
    install( &chain_guid, &chain, 1 );

    for (i = 0; i < ARRAY_SIZE(no_layers); ++i)
    {
        winetest_push_context( "Provider %u", i );
        check_no_layer( no_layers[i] );
        winetest_pop_context();
    }
    check_unknown( &unknown_guid );
    ret = WSCGetProviderInfo( &unknown_guid, 99, NULL, NULL, 0, &error );
    check_error( ret, error, WSANO_RECOVERY );

    error = 0xdead;
    ret = WSCGetProviderInfo( &lsp_guid, ProviderInfoLspCategories, NULL, &size, 0, &error );
    check_error( ret, error, WSAEFAULT );
    ok( size == sizeof(DWORD), "Got size %Iu.\n", size );

    category = 0x12345678;
    size = sizeof(DWORD) - 1;
    ret = WSCGetProviderInfo( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&category, &size, 0, &error );
    check_error( ret, error, WSAEFAULT );
    ok( size == sizeof(DWORD), "Got size %Iu.\n", size );
    ok( category == 0x12345678, "Got category %#lx.\n", category );

    size = 100;
    ret = WSCGetProviderInfo( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&category, &size, 0, &error );
    ok( !ret && size == sizeof(DWORD) && !category, "Got %d, size %Iu, category %#lx.\n", ret, size, category );

    ret = WSCGetProviderInfo( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&category, NULL, 0, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCGetProviderInfo( NULL, ProviderInfoLspCategories, (BYTE *)&category, &size, 0, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCGetProviderInfo( &lsp_guid, ProviderInfoLspCategories, (BYTE *)8, &size, 0, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCGetProviderInfo( &lsp_guid, ProviderInfoAudit, (BYTE *)&category, &size, 0, &error );
    check_error( ret, error, ERROR_CALL_NOT_IMPLEMENTED );
    ret = WSCGetProviderInfo( &lsp_guid, 2, (BYTE *)&category, &size, 0, &error );
    check_error( ret, error, WSAEINVAL );
    ret = WSCGetProviderInfo( &unknown_guid, ProviderInfoLspCategories, (BYTE *)&category, &size, 0, NULL );
    ok( ret == SOCKET_ERROR, "Got %d.\n", ret );
}

static void test_set_errors(void)
{
    DWORD category = LSP_PROXY, serial;
    int ret, error = 0xdead;

    reset_catalog();
    install_layer( &lsp_guid );
    serial = get_dword( L"Serial_Access_Num" );

    ret = WSCSetProviderInfo( &lsp_guid, ProviderInfoLspCategories, NULL, sizeof(category), 0, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCSetProviderInfo( &lsp_guid, ProviderInfoLspCategories, (BYTE *)8, sizeof(category), 0, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCSetProviderInfo( NULL, ProviderInfoLspCategories, (BYTE *)&category, sizeof(category), 0, &error );
    check_error( ret, error, WSAEFAULT );
    ret = WSCSetProviderInfo( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&category, 3, 0, &error );
    check_error( ret, error, WSAEINVAL );
    ret = WSCSetProviderInfo( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&category, 8, 0, &error );
    check_error( ret, error, WSAEINVAL );
    ret = WSCSetProviderInfo( &lsp_guid, 2, (BYTE *)&category, sizeof(category), 0, &error );
    check_error( ret, error, WSAEINVAL );
    ret = WSCSetProviderInfo( &lsp_guid, ProviderInfoAudit, (BYTE *)&category, sizeof(category), 0, &error );
    check_error( ret, error, ERROR_CALL_NOT_IMPLEMENTED );
    ok( set_category( &unknown_guid, LSP_PROXY ) == WSAEINVAL, "An unknown layer got a category.\n" );
    ok( set_category( &tcpip_guid, LSP_PROXY ) == WSAEINVAL, "A base provider got a category.\n" );

    check_category( &lsp_guid, 0 );
    ok( get_dword( L"Serial_Access_Num" ) == serial, "Serial_Access_Num has changed.\n" );
}

/* The registry does not let us in. WSA_NOT_ENOUGH_MEMORY, the one other code of §10.8, cannot be provoked: the
 * functions need a few kilobytes. */
static void test_registry_errors(void)
{
    LSTATUS ret;
    int error;
    HKEY key;

    reset_catalog();
    install_layer( &lsp_guid );
    ret = RegCreateKeyExW( HKEY_LOCAL_MACHINE, NATIVE_CATEGORIES, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL );
    ok( !ret, "Creating the key returned %ld.\n", ret );
    deny_access( key, TRUE );
    get_category( &lsp_guid, &error );
    ok( error == WSANO_RECOVERY, "Got error %d.\n", error );
    error = set_category( &lsp_guid, LSP_PROXY );
    ok( error == WSANO_RECOVERY, "Got error %d.\n", error );
    deny_access( key, FALSE );
    RegCloseKey( key );
    check_category( &lsp_guid, 0 );
}

/* The category stays with the layer whatever happens to the entries. */
static void test_follows_entry(void)
{
    WSAPROTOCOL_INFOW info;
    struct list list;
    DWORD ids[100];
    int i, ret, error = 0;

    reset_catalog();
    install_layer( &lsp_guid );
    ok( !set_category( &lsp_guid, LSP_FIREWALL ), "Setting failed.\n" );

    install_layer( &lsp2_guid );
    check_category( &lsp_guid, LSP_FIREWALL );
    get_list( &list );
    for (i = 0; i < list.count; ++i) ids[i] = list.infos[list.count - 1 - i].dwCatalogEntryId;
    ret = WSCWriteProviderOrder( ids, list.count );
    ok( !ret, "WSCWriteProviderOrder returned %d.\n", ret );
    check_category( &lsp_guid, LSP_FIREWALL );
    check_category( &lsp2_guid, 0 );

    info = list.infos[list.count - 2];
    wcscpy( info.szProtocol, L"Winetest other" );
    ret = WSCUpdateProvider( &lsp_guid, LSP_PATH, &info, 1, &error );
    ok( !ret, "WSCUpdateProvider returned %d, error %d.\n", ret, error );
    check_category( &lsp_guid, LSP_FIREWALL );

    remove_layer( &lsp2_guid );
    check_category( &lsp_guid, LSP_FIREWALL );
    ret = WSCDeinstallProvider( &tcpip6_guid, &error );
    ok( !ret, "WSCDeinstallProvider returned %d, error %d.\n", ret, error );
    check_category( &lsp_guid, LSP_FIREWALL );
}

/* An installer that knows PackedCatalogItem only moves an entry to another key (§14.1). */
static void test_moved_by_hand(void)
{
    struct packed_item item, other;
    struct list list;

    reset_catalog();
    install_layer( &lsp_guid );
    ok( !set_category( &lsp_guid, LSP_FIREWALL ), "Setting failed.\n" );
    install_layer( &lsp2_guid );
    get_list( &list );
    ok( read_item( list.count - 1, &item ) && read_item( list.count, &other ), "There are no items.\n" );
    write_item( list.count - 1, &other, sizeof(other) );
    write_item( list.count, &item, sizeof(item) );
    check_category( &lsp_guid, LSP_FIREWALL );
    check_category( &lsp2_guid, 0 );
}

/* It goes with the layer, and does not come back with it. */
static void test_vanishes_with_entry(void)
{
    reset_catalog();
    install_layer( &lsp_guid );
    ok( !set_category( &lsp_guid, LSP_FIREWALL ), "Setting failed.\n" );
    ok( is_stored( NATIVE_CATEGORIES ), "The category is not in the registry.\n" );
    remove_layer( &lsp_guid );
    check_unknown( &lsp_guid );
    ok( !is_stored( NATIVE_CATEGORIES ), "The category is still in the registry.\n" );
    install_layer( &lsp_guid );
    check_category( &lsp_guid, 0 );

    ok( !set_category( &lsp_guid, LSP_FIREWALL ), "Setting failed.\n" );
    reset_catalog();
    check_unknown( &lsp_guid );
    install_layer( &lsp_guid );
    check_category( &lsp_guid, 0 );
}

/* A writer was killed between the entries and the categories, or another program has removed the entry: what it left
 * is not the category of a layer that comes later. */
static void test_left_over(void)
{
    struct list list;
    WCHAR name[256];
    LSTATUS ret;
    HKEY key;

    reset_catalog();
    install_layer( &lsp_guid );
    ok( !set_category( &lsp_guid, LSP_FIREWALL ), "Setting failed.\n" );
    ret = RegOpenKeyExW( HKEY_LOCAL_MACHINE, NATIVE_CATEGORIES, 0, KEY_ALL_ACCESS, &key );
    ok( !ret, "Opening the key returned %ld.\n", ret );
    RegSetValueExW( key, L"no GUID", 0, REG_SZ, (const BYTE *)L"x", sizeof(L"x") );
    RegSetValueExW( key, L"", 0, REG_SZ, (const BYTE *)L"x", sizeof(L"x") );

    get_list( &list );
    item_key( list.count, name );
    ret = RegDeleteTreeW( HKEY_LOCAL_MACHINE, name );
    ok( !ret, "Deleting the entry returned %ld.\n", ret );
    check_unknown( &lsp_guid );
    install_layer( &lsp2_guid );
    ok( !is_stored( NATIVE_CATEGORIES ), "The category is still in the registry.\n" );
    ok( RegQueryValueExW( key, L"no GUID", NULL, NULL, NULL, NULL ) == ERROR_FILE_NOT_FOUND, "Value is there.\n" );
    ok( RegQueryValueExW( key, L"", NULL, NULL, NULL, NULL ) == ERROR_FILE_NOT_FOUND, "Value is there.\n" );
    RegCloseKey( key );
    install_layer( &lsp_guid );
    check_category( &lsp_guid, 0 );
}

#ifdef _WIN64
/* The two catalogs have categories of their own. */
static void test_wow32(void)
{
    DWORD category = LSP_PROXY;
    size_t size = sizeof(category);
    WSAPROTOCOL_INFOW layer;
    int ret, error = 0;
    struct list list;

    reset_catalog();
    get_list( &list );
    layer = make_layer( &list, L"Winetest layer" );
    ret = WSCInstallProvider64_32( &lsp_guid, LSP_PATH, &layer, 1, &error );
    ok( !ret, "WSCInstallProvider64_32 returned %d, error %d.\n", ret, error );

    ret = WSCSetProviderInfo32( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&category, sizeof(category), 0, &error );
    ok( !ret, "WSCSetProviderInfo32 returned %d, error %d.\n", ret, error );
    check_category( &lsp_guid, 0 );
    ok( !set_category( &lsp_guid, LSP_FIREWALL ), "Setting failed.\n" );
    category = 0;
    ret = WSCGetProviderInfo32( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&category, &size, 0, &error );
    ok( !ret && category == LSP_PROXY, "Got %d, error %d, category %#lx.\n", ret, error, category );

    remove_layer( &lsp_guid );
    ret = WSCGetProviderInfo32( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&category, &size, 0, &error );
    ok( !ret && category == LSP_PROXY, "Got %d, error %d, category %#lx.\n", ret, error, category );
    ret = WSCDeinstallProvider32( &lsp_guid, &error );
    ok( !ret, "WSCDeinstallProvider32 returned %d, error %d.\n", ret, error );
    ret = WSCGetProviderInfo32( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&category, &size, 0, &error );
    check_error( ret, error, WSANO_RECOVERY );
    ok( !is_stored( CATALOG_KEY L"\\Lsp_Categories" ), "The category is still in the registry.\n" );

    ret = WSCSetProviderInfo32( &lsp_guid, ProviderInfoLspCategories, (BYTE *)&category, sizeof(category), 0, &error );
    check_error( ret, error, WSAEINVAL );
}
#endif

/* --- killed writers --- */

/* Installs a layer, gives it a category and removes it, until it is killed. */
static void endless_writer(void)
{
    HANDLE event = OpenEventW( EVENT_MODIFY_STATE, FALSE, L"winetest_category_writer" );

    for (;;)
    {
        install_layer( &lsp_guid );
        set_category( &lsp_guid, LSP_FIREWALL );
        SetEvent( event );
        remove_layer( &lsp_guid );
    }
}

static HANDLE start_writer(void)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    char **argv, cmd[MAX_PATH + 32];
    BOOL ret;

    winetest_get_mainargs( &argv );
    sprintf( cmd, "\"%s\" category writer", argv[0] );
    ret = CreateProcessA( NULL, cmd, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process );
    ok( ret, "Cannot start %s, error %lu.\n", cmd, GetLastError() );
    if (!ret) return NULL;
    CloseHandle( process.hThread );
    return process.hProcess;
}

/* Wherever a writer is killed: a layer has the category that it was given or none, and the next layer of that GUID
 * does not inherit it. */
static void test_killed_writer(void)
{
    HANDLE event, child;
    int i, error, removed = 0;
    DWORD category;

    reset_catalog();
    event = CreateEventW( NULL, FALSE, FALSE, L"winetest_category_writer" );
    for (i = 0; i < 8; ++i)
    {
        winetest_push_context( "Round %d", i );
        if (!(child = start_writer())) return;
        ok( !WaitForSingleObject( event, 10000 ), "The writer does not write.\n" );
        do
        {
            category = get_category( &lsp_guid, &error );
            ok( error == WSANO_RECOVERY || (!error && (!category || category == LSP_FIREWALL)),
                "Got category %#lx, error %d.\n", category, error );
        } while (rand() % 8);
        TerminateProcess( child, 0 );
        WaitForSingleObject( child, INFINITE );
        CloseHandle( child );

        category = get_category( &lsp_guid, &error );
        ok( error == WSANO_RECOVERY || (!error && (!category || category == LSP_FIREWALL)),
            "Got category %#lx, error %d.\n", category, error );
        if (!error) remove_layer( &lsp_guid );
        else ++removed;
        install_layer( &lsp_guid );
        check_category( &lsp_guid, 0 );
        remove_layer( &lsp_guid );
        winetest_pop_context();
    }
    trace( "%d of 8 writers were killed with the layer removed.\n", removed );
    CloseHandle( event );
}

START_TEST(category)
{
    char **argv;
    int argc = winetest_get_mainargs( &argv );

    if (argc > 2)
    {
        endless_writer();
        return;
    }
    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    test_set_and_get();
    test_get_errors();
    test_set_errors();
    test_registry_errors();
    test_follows_entry();
    test_moved_by_hand();
    test_vanishes_with_entry();
    test_left_over();
#ifdef _WIN64
    test_wow32();
#endif
    test_killed_writer();
    restore_catalog();
}
