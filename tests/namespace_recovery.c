/*
 * Tests that nothing can break the name-space catalog
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

#include "namespace_util.h"

/* What a writer leaves behind that is killed while it writes the keys: the value Pending_Catalog. */
struct pending
{
    DWORD magic;
    DWORD serial;
    DWORD count32;
    DWORD count64;
    struct pending_provider
    {
        GUID id;
        DWORD name_space;
        DWORD version;
        DWORD enabled;
        DWORD class_info;
        DWORD info_size;
        WCHAR name[256];
        WCHAR path[MAX_PATH];
        BYTE info[4];
    }
    providers[2];
};

#define PENDING_MAGIC 0x3173736e

/* The state of a writer that has replaced everything by one provider, the same in both catalogs; a 32-bit prefix has
 * only one. */
static DWORD make_pending( struct pending *pending )
{
    struct pending_provider *provider = pending->providers;
    BOOL wow64 = FALSE;

    memset( pending, 0, sizeof(*pending) );
    pending->magic = PENDING_MAGIC;
    pending->serial = get_namespace_dword( L"Serial_Access_Num" ) + 1;
    pending->count32 = 1;
    provider->id = namespace_guid( 9 );
    provider->name_space = NS_WINS;
    provider->version = 99;
    provider->class_info = 1;
    provider->info_size = sizeof(provider->info);
    wcscpy( provider->name, L"Winetest pending" );
    wcscpy( provider->path, L"winetest.dll" );
    memcpy( provider->info, "\1\2\3\4", sizeof(provider->info) );
    IsWow64Process( GetCurrentProcess(), &wow64 );
    if (sizeof(void *) == 8 || wow64)
    {
        pending->count64 = 1;
        pending->providers[1] = pending->providers[0];
    }
    return offsetof( struct pending, providers[pending->count32 + pending->count64] );
}

static void check_pending_list( const struct pending *pending, const struct namespace_list *list )
{
    const struct pending_provider *provider = pending->providers;
    const WSANAMESPACE_INFOEXW *info = list->infos;

    ok( list->count >= 1, "There is no provider.\n" );
    if (!list->count) return;
    ok( IsEqualGUID( &info->NSProviderId, &provider->id ), "Got GUID %#lx.\n", info->NSProviderId.Data1 );
    ok( info->dwNameSpace == provider->name_space, "Got name space %lu.\n", info->dwNameSpace );
    ok( info->dwVersion == provider->version, "Got version %lu.\n", info->dwVersion );
    ok( !info->fActive, "Got active %d.\n", info->fActive );
    ok( !wcscmp( info->lpszIdentifier, provider->name ), "Got name %ls.\n", info->lpszIdentifier );
    ok( info->ProviderSpecific.cbSize == provider->info_size &&
        !memcmp( info->ProviderSpecific.pBlobData, provider->info, provider->info_size ), "Got another blob.\n" );
}

static void test_pending(void)
{
    GUID guid = namespace_guid( 1 );
    struct namespace_list list;
    struct namespace_item item;
    struct pending pending;
    DWORD size;

    reset_namespaces();
    install_namespace( 0, L"Winetest zero" );
    size = make_pending( &pending );
    set_namespace_value( L"Pending_Catalog", REG_BINARY, &pending, size );

    /* Killed before the first key: readers have the new catalog already, and change nothing. */
    get_namespaces( &list );
    ok( list.count == 1, "Got %d providers.\n", list.count );
    check_pending_list( &pending, &list );
    ok( has_namespace_value( L"Pending_Catalog" ), "A reader has removed the value.\n" );
    ok( get_namespace_dword( NATIVE_COUNT ) == 2, "A reader has changed the keys.\n" );

    /* Killed half-way: the keys are a mixture. */
    ok( read_namespace_item( 2, &item ), "There is no second entry.\n" );
    item.id = pending.providers[0].id;
    write_namespace_item( 1, &item );
    get_namespaces( &list );
    ok( list.count == 1, "Got %d providers.\n", list.count );
    check_pending_list( &pending, &list );

    /* The next writer finishes it before it does what it is there for. */
    install_namespace( 1, L"Winetest one" );
    ok( !has_namespace_value( L"Pending_Catalog" ), "The value is still there.\n" );
    get_namespaces( &list );
    ok( list.count == 2, "Got %d providers.\n", list.count );
    check_pending_list( &pending, &list );
    ok( find_namespace( &list, &guid ) == 1, "Got index %d.\n", find_namespace( &list, &guid ) );
    ok( get_namespace_dword( L"Serial_Access_Num" ) == pending.serial + 1, "Got serial number %lu.\n",
        get_namespace_dword( L"Serial_Access_Num" ) );
    ok( read_namespace_item( 1, &item ), "The first entry is not complete.\n" );
    ok( !wcscmp( item.path, pending.providers[0].path ), "Got path %ls.\n", item.path );
    ok( item.class_info == 1, "Got %lu.\n", item.class_info );

    /* A writer that only fails finishes it, too. */
    size = make_pending( &pending );
    set_namespace_value( L"Pending_Catalog", REG_BINARY, &pending, size );
    guid = namespace_guid( 2 );
    check_fails( WSCUnInstallNameSpace( &guid ), WSAEINVAL );
    ok( !has_namespace_value( L"Pending_Catalog" ), "The value is still there.\n" );
    ok( get_namespace_dword( NATIVE_COUNT ) == 1, "Got count %lu.\n", get_namespace_dword( NATIVE_COUNT ) );
    ok( !read_namespace_item( 2, &item ), "There is still a second entry.\n" );
}

/* Sets a value that is no state of a writer: the keys count. */
#define check_damaged( base, data, size ) check_damaged_( __FILE__, __LINE__, base, data, size )
static void check_damaged_( const char *file, int line, const struct namespace_list *base, const void *data, DWORD size )
{
    set_namespace_value( L"Pending_Catalog", REG_BINARY, data, size );
    check_namespaces_( file, line, base );
}

static void test_damaged_pending(void)
{
    struct pending pending, bad;
    struct namespace_list base, list;
    DWORD size;
    int i;

    reset_namespaces();
    get_namespaces( &base );
    size = make_pending( &pending );

    check_damaged( &base, &pending, 0 );
    check_damaged( &base, &pending, 3 );
    check_damaged( &base, &pending, offsetof( struct pending, providers ) );
    check_damaged( &base, &pending, offsetof( struct pending, providers[0].info_size ) );
    check_damaged( &base, &pending, size - 1 );
    bad = pending;
    bad.magic ^= 1;
    check_damaged( &base, &bad, size );
    bad = pending;
    ++bad.count32;
    check_damaged( &base, &bad, size );
    bad.count32 = 0xffffffff;
    check_damaged( &base, &bad, size );
    bad.count32 = 0;
    check_damaged( &base, &bad, size );
    bad = pending;
    bad.providers[0].info_size = 0xffffffff;
    check_damaged( &base, &bad, size );
    bad.providers[0].info_size = size;
    check_damaged( &base, &bad, size );
    /* The blob of the last one is not there. */
    bad = pending;
    bad.providers[bad.count32 + bad.count64 - 1].info_size = 100;
    check_damaged( &base, &bad, size - sizeof(bad.providers->info) );
    bad = pending;
    for (i = 0; i < 256; ++i) bad.providers[0].name[i] = 'x';
    check_damaged( &base, &bad, size );
    bad = pending;
    for (i = 0; i < MAX_PATH; ++i) bad.providers[0].path[i] = 'x';
    check_damaged( &base, &bad, size );
    set_namespace_value( L"Pending_Catalog", REG_SZ, L"x", sizeof(L"x") );
    check_namespaces( &base );

    install_namespace( 0, L"Winetest" );
    ok( !has_namespace_value( L"Pending_Catalog" ), "The value is still there.\n" );
    get_namespaces( &list );
    ok( list.count == base.count + 1, "Got %d providers.\n", list.count );
}

/* --- entries that other programs wrote --- */

static void set_item_value( unsigned int number, const WCHAR *value, DWORD type, const void *data, DWORD size )
{
    HKEY key = open_namespace_item( number );
    LSTATUS ret = RegSetValueExW( key, value, 0, type, data, size );

    ok( !ret, "Setting %ls returned %ld.\n", value, ret );
    RegCloseKey( key );
}

/* Each entry is a good one but for one value. None of them is listed. */
static unsigned int make_malformed( unsigned int number, const struct namespace_item *good )
{
    static const WCHAR *const needed[] = {L"ProviderId", L"SupportedNameSpace", L"Version", L"Enabled",
                                          L"StoresServiceClassInfo", L"DisplayString", L"LibraryPath"};
    static const WCHAR *const strings[] = {L"DisplayString", L"LibraryPath"};
    struct namespace_item item = *good;
    WCHAR text[400];
    unsigned int i;
    HKEY key;

    for (i = 0; i < 400; ++i) text[i] = 'x';
    text[399] = 0;
    for (i = 0; i < ARRAY_SIZE(needed); ++i)
    {
        /* Missing, and of another type. */
        ++item.id.Data1;
        write_namespace_item( ++number, &item );
        key = open_namespace_item( number );
        RegDeleteValueW( key, needed[i] );
        RegCloseKey( key );

        ++item.id.Data1;
        write_namespace_item( ++number, &item );
        set_item_value( number, needed[i], REG_MULTI_SZ, L"x", sizeof(L"x") );
    }
    for (i = 5; i < 20; i += 5)
    {
        ++item.id.Data1;
        write_namespace_item( ++number, &item );
        set_item_value( number, L"ProviderId", REG_BINARY, text, i );   /* 5, 10 and 15 bytes */
    }
    ++item.id.Data1;
    write_namespace_item( ++number, &item );
    set_item_value( number, L"ProviderId", REG_BINARY, text, 17 );
    for (i = 0; i < ARRAY_SIZE(strings); ++i)
    {
        static const DWORD sizes[] = {0, 1, 8, 9, 512, 520, sizeof(text)};
        unsigned int j;

        /* Without NUL, or too long. */
        for (j = 0; j < ARRAY_SIZE(sizes); ++j)
        {
            ++item.id.Data1;
            write_namespace_item( ++number, &item );
            set_item_value( number, strings[i], REG_SZ, text, sizes[j] );
        }
    }
    ++item.id.Data1;
    write_namespace_item( ++number, &item );
    set_item_value( number, L"ProviderInfo", REG_SZ, L"x", sizeof(L"x") );
    item.id = dns_guid; /* is there already */
    wcscpy( item.name, L"Winetest second" );
    write_namespace_item( ++number, &item );
    return number;
}

/* How many keys there are beside those of entries. */
static unsigned int count_set_aside(void)
{
    DWORD i, len, count = 0;
    WCHAR name[256];
    HKEY key;

    ok( !RegOpenKeyExW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY L"\\" NATIVE_ENTRIES, 0, KEY_READ, &key ), "No key.\n" );
    for (i = 0; len = ARRAY_SIZE(name), !RegEnumKeyExW( key, i, name, &len, NULL, NULL, NULL, NULL ); ++i)
        if (!wcsncmp( name, L"malformed ", 10 )) ++count;
    RegCloseKey( key );
    return count;
}

/* Whether the key of an entry, of which make_malformed() has removed ProviderId, was copied. */
static BOOL is_set_aside( unsigned int number, unsigned int copy )
{
    WCHAR path[256], text[256];
    DWORD size = sizeof(text);

    swprintf( path, ARRAY_SIZE(path), NAMESPACE_KEY L"\\" NATIVE_ENTRIES L"\\malformed %012u %u", number, copy );
    return RegGetValueW( HKEY_LOCAL_MACHINE, path, L"ProviderId", RRF_RT_ANY, NULL, NULL, NULL ) &&
           !RegGetValueW( HKEY_LOCAL_MACHINE, path, L"LibraryPath", RRF_RT_REG_SZ, NULL, text, &size );
}

/* What cannot be a provider is passed over; the rest stays. */
static void test_malformed(void)
{
    struct namespace_list base, list;
    struct namespace_item item;
    unsigned int number;
    GUID guid;

    reset_namespaces();
    get_namespaces( &base );
    ok( read_namespace_item( 1, &item ), "There is no entry.\n" );
    item.id = namespace_guid( 100 );
    number = make_malformed( base.count, &item );
    check_namespaces( &base );

    /* A key without any value, and a good one behind it, though the count beside the keys does not say so. It may
     * lack the blob, and Enabled be any number but 0. */
    RegCloseKey( open_namespace_item( ++number ) );
    guid = item.id = namespace_guid( 1 );
    item.enabled = 0x80000000;
    wcscpy( item.name, L"Winetest good" );
    write_namespace_item( ++number, &item );
    set_item_value( number, L"LibraryPath", REG_EXPAND_SZ, L"%SystemRoot%\\x.dll", sizeof(L"%SystemRoot%\\x.dll") );
    get_namespaces( &list );
    ok( list.count == base.count + 1, "Got %d providers.\n", list.count );
    ok( find_namespace( &list, &guid ) == base.count, "Got index %d.\n", find_namespace( &list, &guid ) );
    ok( list.infos[base.count].fActive == TRUE, "Got active %d.\n", list.infos[base.count].fActive );

    /* The next writer keeps the good ones, and sets the others aside: the keys behind the base, but for one. */
    install_namespace( 2, L"Winetest" );
    ok( count_set_aside() == number - base.count - 1, "%u keys were set aside.\n", count_set_aside() );
    ok( is_set_aside( base.count + 1, 1 ), "The first one was not.\n" );
    ok( read_namespace_item( base.count + 1, &item ) && IsEqualGUID( &item.id, &guid ), "Got GUID %#lx.\n",
        item.id.Data1 );
    ok( !wcscmp( item.path, L"%SystemRoot%\\x.dll" ), "Got path %ls.\n", item.path );
    ok( read_namespace_item( base.count + 2, &item ), "There is no new entry.\n" );
    ok( !read_namespace_item( base.count + 3, &item ), "There are more entries.\n" );
    ok( get_namespace_dword( NATIVE_COUNT ) == (DWORD)base.count + 2, "Got count %lu.\n",
        get_namespace_dword( NATIVE_COUNT ) );
}

/* An installer that writes keys itself may forget the count. An empty key is no catalog without it, and one without
 * providers with it. */
static void test_missing(void)
{
    struct namespace_list base, list;
    struct namespace_item item;
    GUID guid = namespace_guid( 1 );
    LSTATUS ret;
    HKEY key;

    reset_namespaces();
    get_namespaces( &base );
    ok( read_namespace_item( 1, &item ), "There is no entry.\n" );

    reset_namespaces();
    item.id = guid;
    write_namespace_item( 1, &item );
    get_namespaces( &list );
    ok( list.count == 1 && !find_namespace( &list, &guid ), "Got %d providers.\n", list.count );

    reset_namespaces();
    ret = RegCreateKeyExW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY L"\\" NATIVE_ENTRIES, 0, NULL, 0, KEY_ALL_ACCESS, NULL,
                           &key, NULL );
    ok( !ret, "Creating the key returned %ld.\n", ret );
    RegCloseKey( key );
    check_namespaces( &base );
    ok( get_namespace_dword( NATIVE_COUNT ) == (DWORD)base.count, "Got count %lu.\n",
        get_namespace_dword( NATIVE_COUNT ) );

    reset_namespaces();
    ret = RegCreateKeyExW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY L"\\" NATIVE_ENTRIES, 0, NULL, 0, KEY_ALL_ACCESS, NULL,
                           &key, NULL );
    ok( !ret, "Creating the key returned %ld.\n", ret );
    RegCloseKey( key );
    set_namespace_value( NATIVE_COUNT, REG_DWORD, "\0\0\0", sizeof(DWORD) );
    get_namespaces( &list );
    ok( !list.count, "Got %d providers.\n", list.count );
}

/* --- several writers --- */

static DWORD WINAPI busy_thread( void *arg )
{
    static WCHAR name[] = L"Winetest", path[] = NAMESPACE_PATH;
    GUID guid = namespace_guid( 0 ), order[] = {guid, dns_guid};

    switch ((INT_PTR)arg)
    {
    case 0: return WSCInstallNameSpace( name, path, NS_DNS, 0, &guid ) ? WSAGetLastError() : 0;
    case 1: return WSCUnInstallNameSpace( &guid ) ? WSAGetLastError() : 0;
    case 2: return WSCEnableNSProvider( &guid, TRUE ) ? WSAGetLastError() : 0;
    default: return WSCWriteNameSpaceOrder( order, 2 );
    }
}

/* A writer that has stopped: the others give up after 10 seconds, each with the code that it has for that. Readers do
 * not wait. */
static void test_busy(void)
{
    static const DWORD expected[] = {WSANO_RECOVERY, WSANO_RECOVERY, WSANO_RECOVERY, WSATRY_AGAIN};
    struct namespace_list list;
    HANDLE mutex, threads[4];
    DWORD ret, start;
    INT_PTR i;

    reset_namespaces();
    get_namespaces( &list );
    mutex = CreateMutexW( NULL, TRUE, L"Global\\WinSock2_NameSpace_Catalog5" );
    ok( mutex != NULL, "Creating the mutex failed, error %lu.\n", GetLastError() );
    for (i = 0; i < 4; ++i) threads[i] = CreateThread( NULL, 0, busy_thread, (void *)i, 0, NULL );

    start = GetTickCount();
    check_namespaces( &list );
    ok( GetTickCount() - start < 5000, "A reader has waited.\n" );
    for (i = 0; i < 4; ++i)
    {
        ret = WaitForSingleObject( threads[i], 20000 );
        ok( !ret, "Thread %d waits still.\n", (int)i );
        GetExitCodeThread( threads[i], &ret );
        ok( ret == expected[i], "Thread %d has got error %lu.\n", (int)i, ret );
        CloseHandle( threads[i] );
    }
    ReleaseMutex( mutex );
    CloseHandle( mutex );
    check_namespaces( &list );
}

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

#define ORDERED 5   /* providers; with the base provider all that there are */

/* Either order moves every provider to another place. */
static void make_order( int which, GUID order[ORDERED] )
{
    int i;

    for (i = 0; i < ORDERED; ++i)
    {
        int number = which ? ORDERED - 1 - i : (i + 1) % ORDERED;

        order[i] = number ? namespace_guid( number ) : dns_guid;
    }
}

/* Which of the two orders a list has; -1 for a mixture. */
static int get_order( const struct namespace_list *list )
{
    GUID order[ORDERED];
    int i, which;

    for (which = 0; which < 2; ++which)
    {
        make_order( which, order );
        for (i = 0; i < ORDERED && i < list->count; ++i)
        {
            if (!IsEqualGUID( &list->infos[i].NSProviderId, &order[i] )) break;
            if (list->infos[i].dwVersion != order[i].Data1 && !IsEqualGUID( &order[i], &dns_guid )) break;
        }
        if (i == ORDERED && i == list->count) return which;
    }
    return -1;
}

/* Changes the order until it is killed. */
static void endless_writer(void)
{
    HANDLE event = OpenEventW( EVENT_MODIFY_STATE, FALSE, L"winetest_namespace_writer" );
    GUID order[ORDERED];
    int which, ret;

    for (which = 0;; which = !which)
    {
        make_order( which, order );
        ret = WSCWriteNameSpaceOrder( order, ORDERED );
        ok( !ret, "Got %d.\n", ret );
        SetEvent( event );
    }
}

/* Wherever a writer is killed, readers find its change made or not made, and the next writer goes on. */
static void test_killed_writer(void)
{
    int i, ret, which, pending = 0, seen[2] = {0};
    GUID order[ORDERED];
    struct namespace_list list;
    HANDLE event, child;
    DWORD wait;

    reset_namespaces();
    for (i = 1; i < ORDERED; ++i) install_namespace( i, L"Winetest" );
    make_order( 0, order );
    ret = WSCWriteNameSpaceOrder( order, ORDERED );
    ok( !ret, "Got %d.\n", ret );
    event = CreateEventW( NULL, FALSE, FALSE, L"winetest_namespace_writer" );

    for (i = 0; i < 12; ++i)
    {
        winetest_push_context( "Round %d", i );
        if (!(child = start_child( "writer", 0 ))) return;
        wait = WaitForSingleObject( event, 10000 );
        ok( !wait, "The writer does not write.\n" );

        /* Readers meanwhile. */
        do
        {
            get_namespaces( &list );
            which = get_order( &list );
            ok( which >= 0, "Got a mixture of %d providers.\n", list.count );
            if (which >= 0) ++seen[which];
        } while (rand() % 16);

        TerminateProcess( child, 0 );
        WaitForSingleObject( child, INFINITE );
        CloseHandle( child );

        if (has_namespace_value( L"Pending_Catalog" )) ++pending;
        get_namespaces( &list );
        ok( get_order( &list ) >= 0, "Got a mixture of %d providers.\n", list.count );

        make_order( i % 2, order );
        ret = WSCWriteNameSpaceOrder( order, ORDERED );
        ok( !ret, "Got %d.\n", ret );
        ok( !has_namespace_value( L"Pending_Catalog" ), "The next writer has left a change.\n" );
        get_namespaces( &list );
        ok( get_order( &list ) == i % 2, "Got order %d.\n", get_order( &list ) );
        winetest_pop_context();
    }
    ok( seen[0] && seen[1], "No reader has seen a change.\n" );
    trace( "%d of 12 writers were killed inside a change.\n", pending );
    CloseHandle( event );
}

#define WRITERS 4

static void writer( int number )
{
    GUID guid;
    int i, ret;

    for (i = 0; i < 4; ++i)
    {
        install_namespace( 1 + number * 4 + i, L"Winetest" );
        if (i < 2) continue;
        guid = namespace_guid( 1 + number * 4 + i );
        ret = WSCUnInstallNameSpace( &guid );
        ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    }
}

/* No change of one process undoes another's. */
static void test_several_writers(void)
{
    struct namespace_list list;
    HANDLE children[WRITERS];
    GUID guid;
    int i;

    /* The first one writes the catalog, too. */
    reset_namespaces();
    for (i = 0; i < WRITERS; ++i) children[i] = start_child( "few", i );
    for (i = 0; i < WRITERS; ++i)
    {
        wait_child_process( children[i] );
        CloseHandle( children[i] );
    }
    get_namespaces( &list );
    ok( list.count == 1 + 2 * WRITERS, "Got %d providers.\n", list.count );
    for (i = 0; i < 4 * WRITERS; ++i)
    {
        guid = namespace_guid( 1 + i );
        ok( (find_namespace( &list, &guid ) >= 0) == (i % 4 < 2), "Got index %d for provider %d.\n",
            find_namespace( &list, &guid ), i );
    }
    ok( get_namespace_dword( L"Serial_Access_Num" ) >= 6 * WRITERS, "Got serial number %lu.\n",
        get_namespace_dword( L"Serial_Access_Num" ) );
}

START_TEST(namespace_recovery)
{
    WSADATA data;
    char **argv;
    int ret, argc = winetest_get_mainargs( &argv );

    ret = WSAStartup( MAKEWORD(2, 2), &data );
    ok( !ret, "WSAStartup returned %d.\n", ret );
    if (argc >= 4)
    {
        if (!strcmp( argv[2], "writer" )) endless_writer();
        else writer( atoi( argv[3] ) );
        return;
    }
    if (!save_namespaces())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    test_pending();
    test_damaged_pending();
    test_malformed();
    test_missing();
    test_busy();
    test_several_writers();
    test_killed_writer();
    restore_namespaces();
    WSACleanup();
}
