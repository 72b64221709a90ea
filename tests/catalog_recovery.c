/*
 * Unit tests for the transport catalog: broken entries, writers that were killed, and several writers
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

/* What a writer leaves behind that is killed while it writes the keys: the value Pending_Catalog. */
struct pending
{
    DWORD magic;
    DWORD next_id;
    DWORD serial;
    DWORD count32;
    DWORD count64;
    struct packed_item items[16];
};

#define PENDING_MAGIC 0x3170736c

static void make_item( struct packed_item *item, const WSAPROTOCOL_INFOW *info, const char *path )
{
    memset( item, 0, sizeof(*item) );
    strcpy( item->path, path );
    item->info = *info;
}

/* The state of a writer that has removed all entries but the first, and changed its name. The same in both
 * catalogs; a 32-bit prefix has only one. */
static DWORD make_pending( struct pending *pending, const struct list *base )
{
    BOOL wow64 = FALSE;

    memset( pending, 0, sizeof(*pending) );
    pending->magic = PENDING_MAGIC;
    pending->next_id = 2000;
    pending->serial = get_dword( L"Serial_Access_Num" ) + 1;
    pending->count32 = 1;
    make_item( &pending->items[0], &base->infos[0], "winetest.dll" );
    wcscpy( pending->items[0].info.szProtocol, L"Winetest pending" );
    IsWow64Process( GetCurrentProcess(), &wow64 );
    if (sizeof(void *) == 8 || wow64)
    {
        pending->count64 = 1;
        pending->items[1] = pending->items[0];
    }
    return offsetof( struct pending, items[pending->count32 + pending->count64] );
}

static void test_pending(void)
{
    struct pending pending;
    struct packed_item item;
    WSAPROTOCOL_INFOW layer;
    struct list base, list;
    WCHAR path[MAX_PATH];
    int ret, error, len;
    DWORD size;

    reset_catalog();
    get_list( &base );
    size = make_pending( &pending, &base );
    set_value( L"Pending_Catalog", REG_BINARY, &pending, size );

    /* Killed before the first key: readers have the new catalog already. */
    get_list( &list );
    ok( list.count == 1, "Got %d entries.\n", list.count );
    ok( !memcmp( list.infos, &pending.items[0].info, sizeof(*list.infos) ), "Got another entry.\n" );
    len = ARRAY_SIZE(path);
    ret = WSCGetProviderPath( &tcpip_guid, path, &len, &error );
    ok( !ret && !wcscmp( path, L"winetest.dll" ), "Got %d, path %ls.\n", ret, path );
    ok( has_value( L"Pending_Catalog" ), "A reader has removed the value.\n" );
    ok( get_count( NATIVE_COUNT ) == base.count, "A reader has changed the keys.\n" );

    /* Killed half-way: some keys are new, some are not. */
    write_item( 3, &pending.items[0], sizeof(pending.items[0]) );
    get_list( &list );
    ok( list.count == 1, "Got %d entries.\n", list.count );

    /* The next writer finishes it before it does what it is there for. */
    layer = make_layer( &base, L"Winetest layer" );
    install( &lsp_guid, &layer, 1 );
    ok( !has_value( L"Pending_Catalog" ), "The value is still there.\n" );
    get_list( &list );
    ok( list.count == 2, "Got %d entries.\n", list.count );
    ok( !wcscmp( list.infos[0].szProtocol, L"Winetest pending" ), "Got name %ls.\n", list.infos[0].szProtocol );
    ok( !wcscmp( list.infos[1].szProtocol, L"Winetest layer" ), "Got name %ls.\n", list.infos[1].szProtocol );
    ok( list.infos[1].dwCatalogEntryId == 2000, "Got id %lu.\n", list.infos[1].dwCatalogEntryId );
    ok( get_count( NATIVE_COUNT ) == 2, "Got count %d.\n", get_count( NATIVE_COUNT ) );
    ok( get_dword( L"Serial_Access_Num" ) == pending.serial + 1, "Got serial number %lu.\n",
        get_dword( L"Serial_Access_Num" ) );
    ok( read_item( 1, &item ) && !strcmp( item.path, "winetest.dll" ), "The first item is another one.\n" );
    ok( read_item( 2, &item ), "There is no second item.\n" );
    ok( !read_item( 3, &item ), "There is still a third item.\n" );

    /* A writer that only fails finishes it, too. */
    size = make_pending( &pending, &base );
    set_value( L"Pending_Catalog", REG_BINARY, &pending, size );
    error = 0xdead;
    ret = WSCDeinstallProvider( &unknown_guid, &error );
    check_error( ret, error, WSAEINVAL );
    ok( !has_value( L"Pending_Catalog" ), "The value is still there.\n" );
    ok( get_count( NATIVE_COUNT ) == 1, "Got count %d.\n", get_count( NATIVE_COUNT ) );
}

static void test_damaged_pending(void)
{
    struct pending pending;
    struct list base, list;
    WSAPROTOCOL_INFOW layer;
    DWORD size;

    reset_catalog();
    get_list( &base );
    size = make_pending( &pending, &base );

    /* None of these is one: the keys count. */
    set_value( L"Pending_Catalog", REG_BINARY, &pending, size - 1 );
    check_unchanged( &base );
    set_value( L"Pending_Catalog", REG_BINARY, &pending, 3 );
    check_unchanged( &base );
    set_value( L"Pending_Catalog", REG_BINARY, &pending, 0 );
    check_unchanged( &base );
    set_value( L"Pending_Catalog", REG_SZ, L"x", sizeof(L"x") );
    check_unchanged( &base );
    pending.count32 += 0x80000000;
    set_value( L"Pending_Catalog", REG_BINARY, &pending, size );
    check_unchanged( &base );
    pending.count32 -= 0x80000000;
    pending.magic = 0;
    set_value( L"Pending_Catalog", REG_BINARY, &pending, size );
    check_unchanged( &base );

    layer = make_layer( &base, L"Winetest layer" );
    install( &lsp_guid, &layer, 1 );
    ok( !has_value( L"Pending_Catalog" ), "The value is still there.\n" );
    get_list( &list );
    ok( list.count == base.count + 1, "Got %d entries.\n", list.count );
}

/* A writer that finishes a change does not read beyond a name that does not end: behind it is the next entry. */
static void test_pending_endless_name(void)
{
    WCHAR key[256], name[1024];
    struct pending pending;
    struct list base;
    DWORD size, i;
    LSTATUS ret;
    int error;

    reset_catalog();
    get_list( &base );
    size = make_pending( &pending, &base );
    for (i = 0; i < ARRAY_SIZE(pending.items[0].info.szProtocol); ++i) pending.items[0].info.szProtocol[i] = 'x';
    pending.items[1] = pending.items[0];
    set_value( L"Pending_Catalog", REG_BINARY, &pending, size );

    WSCDeinstallProvider( &unknown_guid, &error );
    ok( !has_value( L"Pending_Catalog" ), "The value is still there.\n" );
    item_key( 1, key );
    size = sizeof(name);
    ret = RegGetValueW( HKEY_LOCAL_MACHINE, key, L"ProtocolName", RRF_RT_REG_SZ, NULL, name, &size );
    ok( !ret, "Got error %ld.\n", ret );
    ok( size == (WSAPROTOCOL_LEN + 1) * sizeof(WCHAR), "Got a name of %lu bytes.\n", size );
    get_list( &base );
    ok( base.count == 1, "Got %d entries.\n", base.count );
    ok( wcslen( base.infos[0].szProtocol ) == WSAPROTOCOL_LEN, "Got a name of another length.\n" );
}

/* Other programs write the registry, too. What cannot be an entry is passed over; the rest stays. */
static void test_malformed(void)
{
    struct packed_item item, bad;
    struct list base, list;
    int i;

    reset_catalog();
    get_list( &base );
    ok( read_item( 1, &item ), "There is no item.\n" );
    item.info.dwCatalogEntryId = 3000;

    bad = item;
    memset( bad.path, 'x', sizeof(bad.path) );
    write_item( base.count + 1, &bad, sizeof(bad) );
    bad = item;
    bad.info.ProtocolChain.ChainLen = MAX_PROTOCOL_CHAIN + 1;
    write_item( base.count + 2, &bad, sizeof(bad) );
    bad.info.ProtocolChain.ChainLen = -1;
    write_item( base.count + 3, &bad, sizeof(bad) );
    write_item( base.count + 4, &item, sizeof(item) - 1 );
    write_item( base.count + 5, &item, 0 );
    bad = item;
    bad.info.dwCatalogEntryId = 1001;
    wcscpy( bad.info.szProtocol, L"Winetest second" );
    write_item( base.count + 6, &bad, sizeof(bad) );
    check_unchanged( &base );

    /* A good one behind them is found, though the count beside the keys does not say so. */
    for (i = 0; i <= WSAPROTOCOL_LEN; ++i) item.info.szProtocol[i] = 'x';
    write_item( base.count + 7, &item, sizeof(item) );
    get_list( &list );
    ok( list.count == base.count + 1, "Got %d entries.\n", list.count );
    ok( list.infos[base.count].dwCatalogEntryId == 3000, "Got id %lu.\n", list.infos[base.count].dwCatalogEntryId );
    ok( wcsnlen( list.infos[base.count].szProtocol, WSAPROTOCOL_LEN + 1 ) == WSAPROTOCOL_LEN,
        "The name has no end.\n" );
}

/* Without the count there is no catalog, whatever the keys say: Wine's own setup makes an empty one. */
static void test_missing(void)
{
    struct list base, list;
    LSTATUS ret;
    HKEY key;

    reset_catalog();
    get_list( &base );

    reset_catalog();
    ret = RegCreateKeyExW( HKEY_LOCAL_MACHINE, CATALOG_KEY L"\\Catalog_Entries", 0, NULL, 0, KEY_ALL_ACCESS, NULL,
                           &key, NULL );
    ok( !ret, "Creating the key returned %ld.\n", ret );
    RegCloseKey( key );
    get_list( &list );
    ok( list.count == base.count, "Got %d entries.\n", list.count );
    check_unchanged( &base );
    ok( get_count( NATIVE_COUNT ) == base.count, "Got count %d.\n", get_count( NATIVE_COUNT ) );

    /* A catalog without entries is one. */
    ret = RegDeleteTreeW( HKEY_LOCAL_MACHINE, CATALOG_KEY L"\\" NATIVE_ENTRIES );
    ok( !ret, "Deleting the entries returned %ld.\n", ret );
    ret = RegCreateKeyExW( HKEY_LOCAL_MACHINE, CATALOG_KEY L"\\" NATIVE_ENTRIES, 0, NULL, 0, KEY_ALL_ACCESS, NULL,
                           &key, NULL );
    ok( !ret, "Creating the key returned %ld.\n", ret );
    RegCloseKey( key );
    get_list( &list );
    ok( !list.count, "Got %d entries.\n", list.count );
}

/* ---- several processes ---- */

static HANDLE start_child( const char *arg, int number )
{
    char cmd[MAX_PATH + 64];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    char **argv;
    BOOL ret;

    winetest_get_mainargs( &argv );
    sprintf( cmd, "\"%s\" %s %s %d", argv[0], argv[1], arg, number );
    ret = CreateProcessA( NULL, cmd, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process );
    ok( ret, "Cannot start %s, error %lu.\n", cmd, GetLastError() );
    if (!ret) return NULL;
    CloseHandle( process.hThread );
    return process.hProcess;
}

static GUID numbered_guid( int number )
{
    GUID guid = lsp_guid;

    guid.Data1 = number;
    return guid;
}

#define ENTRIES_PER_WRITER 3

static void writer( int number )
{
    WSAPROTOCOL_INFOW infos[ENTRIES_PER_WRITER];
    struct list list;
    GUID guid;
    int i, error, ret;

    get_list( &list );
    for (i = 0; i < ENTRIES_PER_WRITER; ++i) infos[i] = make_layer( &list, L"Winetest layer" );
    for (i = 0; i < 4; ++i)
    {
        guid = numbered_guid( number * 4 + i );
        install( &guid, infos, ENTRIES_PER_WRITER );
        if (i < 2) continue;
        ret = WSCDeinstallProvider( &guid, &error );
        ok( !ret, "Got %d, error %d.\n", ret, error );
    }
}

/* No change of one process undoes another's. */
static void test_several_writers(void)
{
    enum { writers = 4 };
    HANDLE children[writers];
    struct list base, list;
    int i, j;
    GUID guid;

    /* The first readers write the catalog, too. */
    reset_catalog();
    for (i = 0; i < writers; ++i) children[i] = start_child( "few", i );
    for (i = 0; i < writers; ++i)
    {
        wait_child_process( children[i] );
        CloseHandle( children[i] );
    }

    get_list( &list );
    for (i = 0; i < writers * 4; ++i)
    {
        guid = numbered_guid( i );
        ok( count_provider( &list, &guid ) == (i % 4 < 2 ? ENTRIES_PER_WRITER : 0), "Got %d entries of provider %d.\n",
            count_provider( &list, &guid ), i );
    }
    for (i = 0; i < list.count; ++i)
        for (j = 0; j < i; ++j)
            ok( list.infos[i].dwCatalogEntryId != list.infos[j].dwCatalogEntryId, "Entries %d and %d have id %lu.\n",
                j, i, list.infos[i].dwCatalogEntryId );
    reset_catalog();
    get_list( &base );
    ok( list.count == base.count + writers * 2 * ENTRIES_PER_WRITER, "Got %d entries.\n", list.count );
}

START_TEST(catalog_recovery)
{
    char **argv;
    int argc = winetest_get_mainargs( &argv );

    if (argc >= 4)
    {
        writer( atoi( argv[3] ) );
        return;
    }
    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    test_pending();
    test_damaged_pending();
    test_pending_endless_name();
    test_malformed();
    test_missing();
    test_several_writers();
    restore_catalog();
}
