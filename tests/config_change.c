/*
 * WSAProviderConfigChange
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
#include "winternl.h"

/* How long a notification may take, and how long we look for one that must not come. */
#define SOON  5000  /* ms */
#define NEVER 200

#define NAMESPACE_KEY PARAMETERS_KEY L"\\NameSpace_Catalog5"

static void start_winsock(void)
{
    WSADATA data;
    int ret = WSAStartup( MAKEWORD( 2, 2 ), &data );

    ok( !ret, "WSAStartup returned %d.\n", ret );
}

static void install_layer(void)
{
    WSAPROTOCOL_INFOW info;
    struct list list;

    get_list( &list );
    info = make_layer( &list, L"Winetest layer" );
    install( &lsp_guid, &info, 1 );
}

static void remove_layer(void)
{
    int ret, error = 0xdead;

    ret = WSCDeinstallProvider( &lsp_guid, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
}

/* A handle that has reported everything up to now. */
static HANDLE open_handle(void)
{
    HANDLE handle = NULL;
    int ret = WSAProviderConfigChange( &handle, NULL, NULL );

    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( !!handle, "Got no handle.\n" );
    return handle;
}

static void close_handle( HANDLE handle )
{
    BOOL ret = CloseHandle( handle );

    ok( ret, "Closing failed, error %lu.\n", GetLastError() );
}

static OVERLAPPED make_overlapped(void)
{
    OVERLAPPED overlapped = {.hEvent = CreateEventW( NULL, TRUE, FALSE, NULL )};
    return overlapped;
}

#define check_pending( handle, overlapped ) check_pending_( __LINE__, handle, overlapped )
static void check_pending_( int line, HANDLE handle, OVERLAPPED *overlapped )
{
    int ret;

    SetLastError( 0xdeadbeef );
    ret = WSAProviderConfigChange( &handle, overlapped, NULL );
    ok_(__FILE__, line)( ret == SOCKET_ERROR && WSAGetLastError() == WSA_IO_PENDING, "Got %d, error %d.\n", ret,
                         WSAGetLastError() );
}

#define check_at_once( handle ) check_at_once_( __LINE__, handle )
static void check_at_once_( int line, HANDLE handle )
{
    OVERLAPPED overlapped = make_overlapped();
    int ret = WSAProviderConfigChange( &handle, &overlapped, NULL );

    ok_(__FILE__, line)( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok_(__FILE__, line)( !overlapped.Internal, "Got status %#Ix.\n", overlapped.Internal );
    if (ret) CancelIoEx( handle, &overlapped );
    ok_(__FILE__, line)( !WaitForSingleObject( overlapped.hEvent, SOON ), "The event is not set.\n" );
    CloseHandle( overlapped.hEvent );
}

/* Everything that has changed was reported. */
#define check_nothing( handle ) check_nothing_( __LINE__, handle )
static void check_nothing_( int line, HANDLE handle )
{
    OVERLAPPED overlapped = make_overlapped();
    BOOL ret;

    check_pending_( line, handle, &overlapped );
    ok_(__FILE__, line)( WaitForSingleObject( overlapped.hEvent, NEVER ) == WAIT_TIMEOUT, "There is a change.\n" );
    ret = CancelIoEx( handle, &overlapped );
    ok_(__FILE__, line)( ret, "Cancelling failed, error %lu.\n", GetLastError() );
    ok_(__FILE__, line)( !WaitForSingleObject( overlapped.hEvent, SOON ), "The event is not set.\n" );
    CloseHandle( overlapped.hEvent );
}

#define check_completes( overlapped ) check_completes_( __LINE__, overlapped )
static void check_completes_( int line, OVERLAPPED *overlapped )
{
    ok_(__FILE__, line)( !WaitForSingleObject( overlapped->hEvent, SOON ), "There is no notification.\n" );
    ok_(__FILE__, line)( !overlapped->Internal, "Got status %#Ix.\n", overlapped->Internal );
}

static void check_invalid( HANDLE handle )
{
    OVERLAPPED overlapped = make_overlapped();
    int ret;

    SetLastError( 0xdeadbeef );
    ret = WSAProviderConfigChange( &handle, &overlapped, NULL );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSA_INVALID_HANDLE, "Got %d, error %d.\n", ret,
        WSAGetLastError() );
    SetLastError( 0xdeadbeef );
    ret = WSAProviderConfigChange( &handle, NULL, NULL );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSA_INVALID_HANDLE, "Got %d, error %d.\n", ret,
        WSAGetLastError() );
    CloseHandle( overlapped.hEvent );
}

static void test_errors(void)
{
    HANDLE handle = NULL, read, write;
    int ret;

    SetLastError( 0xdeadbeef );
    ret = WSAProviderConfigChange( &handle, NULL, NULL );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSANOTINITIALISED, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( !handle, "Got a handle.\n" );

    start_winsock();
    SetLastError( 0xdeadbeef );
    ret = WSAProviderConfigChange( NULL, NULL, NULL );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAEFAULT, "Got %d, error %d.\n", ret, WSAGetLastError() );

    check_invalid( INVALID_HANDLE_VALUE );
    check_invalid( (HANDLE)0xdeadbee0 );
    handle = CreateEventW( NULL, TRUE, FALSE, NULL );
    check_invalid( handle );
    CloseHandle( handle );
    handle = CreateFileW( L"\\\\.\\NUL", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL );
    check_invalid( handle );
    CloseHandle( handle );
    CreatePipe( &read, &write, NULL, 0 );
    check_invalid( read );
    CloseHandle( read );
    CloseHandle( write );
    handle = (HANDLE)socket( AF_INET, SOCK_DGRAM, 0 );
    check_invalid( handle );
    closesocket( (SOCKET)handle );

    handle = open_handle();
    close_handle( handle );
    check_invalid( handle );
    WSACleanup();
}

static void CALLBACK count_call( DWORD error, DWORD count, OVERLAPPED *overlapped, DWORD flags )
{
    ok( !error && !count && !flags, "Got error %lu, count %lu, flags %#lx.\n", error, count, flags );
    ++*(LONG *)overlapped->Pointer;
}

/* The first request of a handle completes, however it asks. */
static void test_first(void)
{
    OVERLAPPED overlapped = make_overlapped(), routine = {0};
    HANDLE handle = NULL;
    LONG calls = 0;
    int ret;

    start_winsock();
    ret = WSAProviderConfigChange( &handle, &overlapped, NULL );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    check_completes( &overlapped );
    check_nothing( handle );
    close_handle( handle );

    handle = NULL;
    routine.Pointer = &calls;
    ret = WSAProviderConfigChange( &handle, &routine, count_call );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    SleepEx( NEVER, TRUE );
    ok( calls == 1, "Got %ld calls.\n", calls );
    close_handle( handle );

    handle = open_handle();
    check_nothing( handle );
    close_handle( handle );
    CloseHandle( overlapped.hEvent );
    WSACleanup();
}

/* Each change is told once, though it is many writes to the registry. */
static void test_event(void)
{
    OVERLAPPED overlapped = make_overlapped();
    HANDLE handle;
    int i;

    start_winsock();
    handle = open_handle();
    for (i = 0; i < 5; ++i)
    {
        winetest_push_context( "Round %d", i );
        check_pending( handle, &overlapped );
        install_layer();
        check_completes( &overlapped );
        check_pending( handle, &overlapped );
        remove_layer();
        check_completes( &overlapped );
        winetest_pop_context();
    }
    check_nothing( handle );
    close_handle( handle );
    CloseHandle( overlapped.hEvent );
    WSACleanup();
}

/* What changes while no request waits is told to the next, once. */
static void test_between(void)
{
    HANDLE handle, other;

    start_winsock();
    handle = open_handle();
    other = open_handle();
    install_layer();
    check_at_once( handle );
    check_nothing( handle );

    /* Several, and though all is as before. */
    remove_layer();
    install_layer();
    remove_layer();
    check_at_once( handle );
    check_nothing( handle );

    /* A handle knows for itself what it has told. */
    check_at_once( other );
    check_nothing( other );

    /* So does a new one. */
    install_layer();
    close_handle( other );
    other = open_handle();
    check_nothing( other );
    remove_layer();
    close_handle( other );
    close_handle( handle );
    WSACleanup();
}

static void test_several_requests(void)
{
    OVERLAPPED overlapped[3] = {make_overlapped(), make_overlapped(), make_overlapped()};
    HANDLE handle, other;
    BOOL ret;

    start_winsock();
    handle = open_handle();
    other = open_handle();

    check_pending( handle, &overlapped[0] );
    check_pending( handle, &overlapped[1] );
    check_pending( other, &overlapped[2] );
    install_layer();
    check_completes( &overlapped[0] );
    check_completes( &overlapped[1] );
    check_completes( &overlapped[2] );
    check_nothing( handle );
    check_nothing( other );

    /* Cancelling a request cancels no change. */
    check_pending( handle, &overlapped[0] );
    ret = CancelIoEx( handle, &overlapped[0] );
    ok( ret, "Cancelling failed, error %lu.\n", GetLastError() );
    ok( !WaitForSingleObject( overlapped[0].hEvent, SOON ), "The event is not set.\n" );
    ok( (NTSTATUS)overlapped[0].Internal == (NTSTATUS)0xc0000120, "Got status %#Ix.\n", overlapped[0].Internal );
    remove_layer();
    check_at_once( handle );
    check_nothing( handle );

    close_handle( handle );
    close_handle( other );
    CloseHandle( overlapped[0].hEvent );
    CloseHandle( overlapped[1].hEvent );
    CloseHandle( overlapped[2].hEvent );
    WSACleanup();
}

static void test_port(void)
{
    OVERLAPPED overlapped = make_overlapped(), *ret_overlapped;
    HANDLE handle, port;
    ULONG_PTR key;
    DWORD count;
    BOOL ret;

    start_winsock();
    handle = open_handle();
    port = CreateIoCompletionPort( handle, NULL, 0x1234, 0 );
    ok( !!port, "Got error %lu.\n", GetLastError() );

    check_pending( handle, &overlapped );
    ok( !GetQueuedCompletionStatus( port, &count, &key, &ret_overlapped, 0 ), "Got a packet.\n" );
    install_layer();
    ret = GetQueuedCompletionStatus( port, &count, &key, &ret_overlapped, SOON );
    ok( ret, "Got error %lu.\n", GetLastError() );
    ok( key == 0x1234 && ret_overlapped == &overlapped, "Got key %#Ix, overlapped %p.\n", key, ret_overlapped );
    check_completes( &overlapped );

    /* A request that completes at once has its packet, too. */
    remove_layer();
    ok( !WSAProviderConfigChange( &handle, &overlapped, NULL ), "Got error %d.\n", WSAGetLastError() );
    ret = GetQueuedCompletionStatus( port, &count, &key, &ret_overlapped, SOON );
    ok( ret && ret_overlapped == &overlapped, "Got %d, overlapped %p.\n", ret, ret_overlapped );

    /* One that waits synchronously has none, nor one that has the low bit of its event set. */
    install_layer();
    ok( !WSAProviderConfigChange( &handle, NULL, NULL ), "Got error %d.\n", WSAGetLastError() );
    overlapped.hEvent = (HANDLE)((ULONG_PTR)overlapped.hEvent | 1);
    check_pending( handle, &overlapped );
    overlapped.hEvent = (HANDLE)((ULONG_PTR)overlapped.hEvent & ~(ULONG_PTR)1);
    remove_layer();
    check_completes( &overlapped );
    ok( !GetQueuedCompletionStatus( port, &count, &key, &ret_overlapped, NEVER ), "Got a packet.\n" );

    CloseHandle( port );
    close_handle( handle );
    CloseHandle( overlapped.hEvent );
    WSACleanup();
}

static void test_routine(void)
{
    OVERLAPPED overlapped = {0};
    HANDLE handle;
    LONG calls = 0;
    int ret;

    start_winsock();
    handle = open_handle();
    overlapped.Pointer = &calls;
    ret = WSAProviderConfigChange( &handle, &overlapped, count_call );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSA_IO_PENDING, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = SleepEx( NEVER, TRUE );
    ok( !ret && !calls, "Got %d, %ld calls.\n", ret, calls );
    install_layer();
    Sleep( NEVER );
    ok( !calls, "Got %ld calls.\n", calls );
    ret = SleepEx( SOON, TRUE );
    ok( ret == WAIT_IO_COMPLETION && calls == 1, "Got %d, %ld calls.\n", ret, calls );
    remove_layer();
    close_handle( handle );
    WSACleanup();
}

struct waiter
{
    HANDLE handle;
    int ret;
    int error;
};

static DWORD WINAPI wait_thread( void *arg )
{
    struct waiter *waiter = arg;

    waiter->ret = WSAProviderConfigChange( &waiter->handle, NULL, NULL );
    waiter->error = WSAGetLastError();
    return 0;
}

static void test_synchronous(void)
{
    struct waiter waiter;
    HANDLE thread;

    start_winsock();
    waiter.handle = open_handle();
    thread = CreateThread( NULL, 0, wait_thread, &waiter, 0, NULL );
    ok( WaitForSingleObject( thread, NEVER ) == WAIT_TIMEOUT, "The call does not wait.\n" );
    install_layer();
    ok( !WaitForSingleObject( thread, SOON ), "The call still waits.\n" );
    ok( !waiter.ret, "Got %d, error %d.\n", waiter.ret, waiter.error );
    remove_layer();
    CloseHandle( thread );
    close_handle( waiter.handle );
    WSACleanup();
}

static void set_dword( const WCHAR *name, const WCHAR *value, DWORD data )
{
    LSTATUS ret = RegSetKeyValueW( HKEY_LOCAL_MACHINE, name, value, REG_DWORD, &data, sizeof(data) );

    ok( !ret, "Setting %ls of %ls returned %ld.\n", value, name, ret );
}

/* Whoever writes to the registry, and however, changes the catalogs. */
static void test_registry(void)
{
    OVERLAPPED overlapped = make_overlapped();
    struct packed_item item;
    WCHAR name[256];
    HANDLE handle;

    start_winsock();
    handle = open_handle();
    ok( read_item( 1, &item ), "There is no item.\n" );
    item_key( 1, name );

    check_pending( handle, &overlapped );
    wcscpy( item.info.szProtocol, L"Winetest name" );
    write_item( 1, &item, sizeof(item) );
    check_completes( &overlapped );
    write_item( 100, &item, sizeof(item) );
    check_at_once( handle );
    check_nothing( handle );

    check_pending( handle, &overlapped );
    item_key( 100, name );
    RegDeleteKeyW( HKEY_LOCAL_MACHINE, name );
    check_completes( &overlapped );

    check_pending( handle, &overlapped );
    set_dword( NAMESPACE_KEY, L"Winetest", 1 );
    check_completes( &overlapped );
    RegDeleteKeyValueW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY, L"Winetest" );
    check_at_once( handle );

    /* Other values of Winsock's are no catalog. */
    set_dword( PARAMETERS_KEY, L"Winetest", 1 );
    check_nothing( handle );
    RegDeleteKeyValueW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY, L"Winetest" );

    /* The keys as a whole: gone, made anew by a writer, and watched again. */
    check_pending( handle, &overlapped );
    reset_catalog();
    check_completes( &overlapped );
    install_layer();
    check_at_once( handle );
    check_nothing( handle );
    check_pending( handle, &overlapped );
    remove_layer();
    check_completes( &overlapped );

    close_handle( handle );
    CloseHandle( overlapped.hEvent );
    WSACleanup();
}

/* The kernel gives the lowest free value: what is left open drives it up. */
static unsigned int next_handle(void)
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );

    CloseHandle( event );
    return (ULONG_PTR)event / 4;
}

/* CloseHandle ends the requests of the handle. */
static void test_close(void)
{
    OVERLAPPED overlapped = make_overlapped();
    unsigned int before, after;
    HANDLE handle;
    int i;

    start_winsock();
    handle = open_handle();
    check_pending( handle, &overlapped );
    close_handle( handle );
    ok( !WaitForSingleObject( overlapped.hEvent, SOON ), "The request still waits.\n" );
    ok( (NTSTATUS)overlapped.Internal < 0, "Got status %#Ix.\n", overlapped.Internal );
    install_layer();
    remove_layer();

    /* What is behind them does not pile up. */
    handle = open_handle();
    before = next_handle();
    for (i = 0; i < 100; ++i)
    {
        close_handle( handle );
        handle = open_handle();
    }
    after = next_handle();
    ok( after < before + 10, "The next handle was %u, and is %u.\n", before, after );
    close_handle( handle );
    CloseHandle( overlapped.hEvent );
    WSACleanup();
}

/* The last WSACleanup ends all requests. */
static void test_cleanup(void)
{
    OVERLAPPED overlapped = make_overlapped();
    unsigned int before = 0, after;
    struct waiter waiter;
    HANDLE thread, handle;
    int i, ret;

    for (i = 0; i < 20; ++i)
    {
        winetest_push_context( "Round %d", i );
        start_winsock();
        waiter.handle = open_handle();
        handle = open_handle();
        check_pending( handle, &overlapped );
        thread = CreateThread( NULL, 0, wait_thread, &waiter, 0, NULL );
        ok( WaitForSingleObject( thread, i ? 5 : NEVER ) == WAIT_TIMEOUT, "The call does not wait.\n" );

        ret = WSACleanup();
        ok( !ret, "Got %d.\n", ret );
        ok( !WaitForSingleObject( thread, SOON ), "The call still waits.\n" );
        ok( waiter.ret == SOCKET_ERROR, "Got %d.\n", waiter.ret );
        /* In the other rounds the cleanup may overtake the call. */
        if (!i) ok( waiter.error == WSA_OPERATION_ABORTED, "Got error %d.\n", waiter.error );
        ok( !WaitForSingleObject( overlapped.hEvent, SOON ), "The request still waits.\n" );
        ok( (NTSTATUS)overlapped.Internal < 0, "Got status %#Ix.\n", overlapped.Internal );

        start_winsock();
        check_invalid( handle );
        WSACleanup();
        close_handle( handle );
        close_handle( waiter.handle );
        CloseHandle( thread );
        /* The threads end on their own. */
        Sleep( i < 10 ? 0 : 100 );
        if (i == 10) before = next_handle();
        winetest_pop_context();
    }
    after = next_handle();
    ok( after < before + 5, "The next handle was %u, and is %u.\n", before, after );
    CloseHandle( overlapped.hEvent );
}

static LONG stop_stress, completed;

static DWORD WINAPI stress_thread( void *arg )
{
    OVERLAPPED overlapped = make_overlapped();
    unsigned int seed = (ULONG_PTR)arg;
    HANDLE handle = NULL;
    int ret;

    while (!ReadAcquire( &stop_stress ))
    {
        seed = seed * 1103515245 + 12345;
        ret = WSAProviderConfigChange( &handle, &overlapped, NULL );
        ok( !ret || WSAGetLastError() == WSA_IO_PENDING, "Got %d, error %d.\n", ret, WSAGetLastError() );
        switch (seed >> 16 & 3)
        {
        case 0:
            CloseHandle( handle );
            handle = NULL;
            break;
        case 1:
            CancelIoEx( handle, &overlapped );
            break;
        default:
            if (WaitForSingleObject( overlapped.hEvent, 50 )) CancelIoEx( handle, &overlapped );
            else InterlockedIncrement( &completed );
            break;
        }
        ok( !WaitForSingleObject( overlapped.hEvent, SOON ), "The request still waits.\n" );
    }
    CloseHandle( handle );
    CloseHandle( overlapped.hEvent );
    return 0;
}

/* Threads that ask, cancel and close while the catalog changes, and others that wait for each change. */
static void test_stress(void)
{
    OVERLAPPED overlapped = make_overlapped();
    HANDLE threads[4], handle;
    unsigned int i;
    DWORD end;

    start_winsock();
    handle = open_handle();
    for (i = 0; i < ARRAY_SIZE(threads); ++i)
        threads[i] = CreateThread( NULL, 0, stress_thread, (void *)(ULONG_PTR)(i + 1), 0, NULL );
    for (i = 0, end = GetTickCount() + 4000; (int)(end - GetTickCount()) > 0; ++i)
    {
        /* No change of ours is lost, wherever in its course the request is made. */
        if (i % 2) check_pending( handle, &overlapped );
        install_layer();
        if (i % 2) check_completes( &overlapped );
        else check_at_once( handle );
        remove_layer();
        check_at_once( handle );
    }
    InterlockedExchange( &stop_stress, 1 );
    ok( !WaitForMultipleObjects( ARRAY_SIZE(threads), threads, TRUE, SOON ), "A thread still runs.\n" );
    ok( i > 10, "Got %u rounds.\n", i );
    ok( completed > 10, "Got %ld completions.\n", completed );
    for (i = 0; i < ARRAY_SIZE(threads); ++i) CloseHandle( threads[i] );
    close_handle( handle );
    CloseHandle( overlapped.hEvent );
    WSACleanup();
}

START_TEST(config_change)
{
    struct list list;

    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    reset_catalog();
    get_list( &list );
    test_errors();
    test_first();
    test_event();
    test_between();
    test_several_requests();
    test_port();
    test_routine();
    test_synchronous();
    test_registry();
    test_close();
    test_cleanup();
    test_stress();
    restore_catalog();
}
