/*
 * Tests of the order in which a completion becomes visible
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

#include "util_complete.h"

#define PAGE_SIZE 0x1000
#define ROUNDS 3000
#define WAIT_TIME 10000     /* milliseconds that a thread waits for the other */

/* An OVERLAPPED whose Internal is the end of a page, and the rest of it in the next one: the processor may not write
 * both members at once, and each can be protected alone. */
static OVERLAPPED *split_overlapped(void)
{
    char *pages = VirtualAlloc( NULL, 2 * PAGE_SIZE, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE );

    ok( pages != NULL, "VirtualAlloc failed, error %lu.\n", GetLastError() );
    return (OVERLAPPED *)(pages + PAGE_SIZE - offsetof( OVERLAPPED, InternalHigh ));
}

/* --- what a second thread sees --- */

/* A request that one thread completes, again and again, with the number of the round as the count. The other one
 * waits for the completion, looks, and sets the request up again. */
struct watch
{
    OVERLAPPED *overlapped;
    HANDLE port, go;
    BOOL (*wait)( struct watch *watch );
    DWORD rounds, bad_status, bad_size, bad_offset;
};

static BOOL is_in_progress( const struct watch *watch )
{
    return __atomic_load_n( &watch->overlapped->Internal, __ATOMIC_ACQUIRE ) == WSS_OPERATION_IN_PROGRESS;
}

static BOOL wait_for_status( struct watch *watch )
{
    DWORD start = GetTickCount();

    while (is_in_progress( watch )) if (GetTickCount() - start > WAIT_TIME) return FALSE;
    return TRUE;
}

static BOOL wait_for_event( struct watch *watch )
{
    if (WaitForSingleObject( watch->overlapped->hEvent, WAIT_TIME )) return FALSE;
    return ResetEvent( watch->overlapped->hEvent );
}

static BOOL wait_for_packet( struct watch *watch )
{
    OVERLAPPED *overlapped;
    ULONG_PTR key;
    DWORD size;

    return GetQueuedCompletionStatus( watch->port, &size, &key, &overlapped, WAIT_TIME );
}

static DWORD WINAPI watch_thread( void *arg )
{
    struct watch *watch = arg;
    OVERLAPPED *overlapped = watch->overlapped;

    while (watch->rounds < ROUNDS && watch->wait( watch ))
    {
        if (is_in_progress( watch )) watch->bad_status++;
        if (overlapped->InternalHigh != watch->rounds) watch->bad_size++;
        if (overlapped->Offset != 0x1234 || overlapped->OffsetHigh != 0x5678) watch->bad_offset++;
        watch->rounds++;
        overlapped->InternalHigh = 0xdead;
        __atomic_store_n( &overlapped->Internal, WSS_OPERATION_IN_PROGRESS, __ATOMIC_RELEASE );
        SetEvent( watch->go );
    }
    return 0;
}

static void check_watched( BOOL (*wait)( struct watch *watch ))
{
    struct watch watch = {split_overlapped(), NULL, CreateEventW( NULL, FALSE, TRUE, NULL ), wait, 0, 0, 0, 0};
    struct test_layer layer;
    SOCKET s = make_handle( &layer );
    HANDLE thread, event = NULL;
    DWORD i;

    if (wait == wait_for_event) event = CreateEventW( NULL, TRUE, FALSE, NULL );
    if (wait == wait_for_packet) watch.port = CreateIoCompletionPort( (HANDLE)s, NULL, 1, 0 );
    *watch.overlapped = in_progress( event );
    thread = CreateThread( NULL, 0, watch_thread, &watch, 0, NULL );
    for (i = 0; i < ROUNDS && !WaitForSingleObject( watch.go, WAIT_TIME ); i++)
        complete( s, watch.overlapped, 0, i );
    ok( !WaitForSingleObject( thread, 2 * WAIT_TIME ), "The thread hangs.\n" );
    ok( watch.rounds == ROUNDS, "Got %lu rounds.\n", watch.rounds );
    ok( !watch.bad_status, "%lu times the status was not there yet.\n", watch.bad_status );
    ok( !watch.bad_size, "%lu times the count was not there yet.\n", watch.bad_size );
    ok( !watch.bad_offset, "%lu times the provider's members were changed.\n", watch.bad_offset );
    WSACleanup();
}

/* Who sees the status finds the count. */
static void test_status(void)
{
    check_watched( wait_for_status );
}

/* Who is woken finds both (§4.8). */
static void test_event(void)
{
    check_watched( wait_for_event );
}

static void test_packet(void)
{
    check_watched( wait_for_packet );
}

/* --- what each write finds --- */

/* A write to the OVERLAPPED, and what was visible just before it. */
struct write
{
    ULONG_PTR offset, status, size;
    BOOL signalled, posted;
};

static struct
{
    OVERLAPPED *overlapped;
    HANDLE port;
    DWORD count;
    struct write writes[8];
    char *page;         /* that is open for the one instruction which writes to it */
} trap;

static void protect_page( void *page, DWORD protection )
{
    DWORD old;

    VirtualProtect( page, PAGE_SIZE, protection, &old );
}

static void record_write( ULONG_PTR offset )
{
    struct write *write = &trap.writes[min( trap.count, ARRAY_SIZE(trap.writes) - 1 )];
    OVERLAPPED *got;
    ULONG_PTR key;
    DWORD size;

    trap.count++;
    write->offset = offset;
    write->status = trap.overlapped->Internal;
    write->size = trap.overlapped->InternalHigh;
    write->signalled = !WaitForSingleObject( trap.overlapped->hEvent, 0 );
    GetQueuedCompletionStatus( trap.port, &size, &key, &got, 0 );
    write->posted = got != NULL;
}

/* Lets the instruction that faulted do its write, and closes the page again behind it. */
static LONG CALLBACK trap_write( EXCEPTION_POINTERS *pointers )
{
    EXCEPTION_RECORD *record = pointers->ExceptionRecord;
    ULONG_PTR offset;

    if (record->ExceptionCode == (DWORD)EXCEPTION_SINGLE_STEP && trap.page)
    {
        protect_page( trap.page, PAGE_READONLY );
        trap.page = NULL;
        pointers->ContextRecord->EFlags &= ~0x100;
        return EXCEPTION_CONTINUE_EXECUTION;
    }
    if (record->ExceptionCode != (DWORD)EXCEPTION_ACCESS_VIOLATION) return EXCEPTION_CONTINUE_SEARCH;
    offset = record->ExceptionInformation[1] - (ULONG_PTR)trap.overlapped;
    if (offset >= sizeof(*trap.overlapped)) return EXCEPTION_CONTINUE_SEARCH;
    record_write( offset );
    trap.page = (char *)(record->ExceptionInformation[1] & ~(ULONG_PTR)(PAGE_SIZE - 1));
    protect_page( trap.page, PAGE_READWRITE );
    pointers->ContextRecord->EFlags |= 0x100;   /* trap after one instruction */
    return EXCEPTION_CONTINUE_EXECUTION;
}

static void check_writes( SOCKET s, DWORD error, NTSTATUS status )
{
    char *page = (char *)&trap.overlapped->InternalHigh;
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );

    winetest_push_context( "error %lu", error );
    *trap.overlapped = in_progress( event );
    trap.count = 0;
    protect_page( page - PAGE_SIZE, PAGE_READONLY );
    protect_page( page, PAGE_READONLY );
    complete( s, trap.overlapped, error, error ? 0 : 77 );
    protect_page( page - PAGE_SIZE, PAGE_READWRITE );
    protect_page( page, PAGE_READWRITE );

    ok( trap.count == 2, "The OVERLAPPED was written to %lu times.\n", trap.count );
    ok( trap.writes[0].offset == offsetof( OVERLAPPED, InternalHigh ), "The first write was to offset %Iu.\n",
        trap.writes[0].offset );
    ok( trap.writes[0].status == WSS_OPERATION_IN_PROGRESS, "Got status %#Ix at the first write.\n",
        trap.writes[0].status );
    ok( !trap.writes[1].offset, "The second write was to offset %Iu.\n", trap.writes[1].offset );
    ok( trap.writes[1].size == (error ? 0 : 77), "Got %Iu bytes at the second write.\n", trap.writes[1].size );
    ok( !trap.writes[0].signalled && !trap.writes[1].signalled, "The event was signalled before the writes.\n" );
    ok( !trap.writes[0].posted && !trap.writes[1].posted, "The packet was there before the writes.\n" );
    check_fields( trap.overlapped, error ? 0 : 77, status, event );
    ok( !WaitForSingleObject( event, 0 ), "The event is not signalled.\n" );
    check_packet( trap.port, 1, trap.overlapped, 77, error );
    CloseHandle( event );
    winetest_pop_context();
}

/* The count, then the status, then the notifications; and no write to what is the provider's, not even of the value
 * that is there. */
static void test_writes(void)
{
    struct test_layer layer;
    SOCKET s = make_handle( &layer );
    void *handler = AddVectoredExceptionHandler( TRUE, trap_write );

    trap.overlapped = split_overlapped();
    trap.port = CreateIoCompletionPort( (HANDLE)s, NULL, 1, 0 );
    check_writes( s, 0, STATUS_SUCCESS );
    check_writes( s, WSA_OPERATION_ABORTED, STATUS_CANCELLED );
    RemoveVectoredExceptionHandler( handler );
    CloseHandle( trap.port );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "status", test_status },
    { "event", test_event },
    { "packet", test_packet },
    { "writes", test_writes },
};

START_TEST(complete_order)
{
    run_cases( "complete_order", cases, ARRAY_SIZE(cases) );
}
