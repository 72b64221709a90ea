/*
 * Tests of WPUQueueApc
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

#include "util_probe.h"

static DWORD_PTR seen[4];
static DWORD seen_threads[4];
static LONG calls;

static void CALLBACK note_context( DWORD_PTR context )
{
    LONG index = InterlockedIncrement( &calls ) - 1;

    if (index >= (LONG)ARRAY_SIZE(seen)) return;
    seen[index] = context;
    seen_threads[index] = GetCurrentThreadId();
}

static void check_bad_ids( const WSPUPCALLTABLE *upcalls, WSATHREADID *id )
{
    WSATHREADID zero = {0}, garbage, other = *id, event = *id;
    int error;

    memset( &garbage, 0xcc, sizeof(garbage) );
    other.Reserved += 4;
    event.ThreadHandle = CreateEventW( NULL, TRUE, FALSE, NULL );
    EXPECT_FAILURE( upcalls->lpWPUQueueApc( NULL, note_context, 1, &error ), SOCKET_ERROR, WSAEFAULT );
    EXPECT_FAILURE( upcalls->lpWPUQueueApc( id, NULL, 1, &error ), SOCKET_ERROR, WSAEFAULT );
    EXPECT_FAILURE( upcalls->lpWPUQueueApc( &zero, note_context, 1, &error ), SOCKET_ERROR, WSAEFAULT );
    EXPECT_FAILURE( upcalls->lpWPUQueueApc( &garbage, note_context, 1, &error ), SOCKET_ERROR, WSAEFAULT );
    EXPECT_FAILURE( upcalls->lpWPUQueueApc( &other, note_context, 1, &error ), SOCKET_ERROR, WSAEFAULT );
    EXPECT_FAILURE( upcalls->lpWPUQueueApc( &event, note_context, 1, &error ), SOCKET_ERROR, WSAEFAULT );
    ok( upcalls->lpWPUQueueApc( NULL, NULL, 1, NULL ) == SOCKET_ERROR, "It succeeded.\n" );
    CloseHandle( event.ThreadHandle );
}

/* The function runs in an alertable wait of the thread, with the whole context (§4.9). thread.c has the rest. */
static void CDECL probe_queue( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    DWORD_PTR contexts[] = {(DWORD_PTR)(((ULONGLONG)0xfedcba98 << 32) | 0x76543210), 0, ~(DWORD_PTR)0};
    WSATHREADID id, copy;
    LONG i;
    int error;

    (void)context;
    (void)catalog_id;
    calls = 0;
    ok( !upcalls->lpWPUOpenCurrentThread( &id, &error ), "WPUOpenCurrentThread failed, error %d.\n", error );
    check_bad_ids( upcalls, &id );
    copy = id;
    EXPECT_SUCCESS( !upcalls->lpWPUQueueApc( &copy, note_context, contexts[0], &error ));
    memset( &copy, 0xcc, sizeof(copy) );
    EXPECT_SUCCESS( !upcalls->lpWPUQueueApc( &id, note_context, contexts[1], &error ));
    ok( !upcalls->lpWPUQueueApc( &id, note_context, contexts[2], NULL ), "WPUQueueApc failed.\n" );
    ok( !upcalls->lpWPUCloseThread( &id, &error ), "WPUCloseThread failed, error %d.\n", error );
    EXPECT_FAILURE( upcalls->lpWPUQueueApc( &id, note_context, 1, &error ), SOCKET_ERROR, WSAEFAULT );

    SleepEx( 10, FALSE );
    ok( !calls, "%ld APCs ran without an alertable wait.\n", calls );
    ok( SleepEx( 0, TRUE ) == WAIT_IO_COMPLETION, "No APC ran.\n" );
    ok( calls == (LONG)ARRAY_SIZE(contexts), "%ld APCs ran.\n", calls );
    for (i = 0; i < (LONG)ARRAY_SIZE(contexts); i++)
    {
        ok( seen[i] == contexts[i], "Got context %#Ix, expected %#Ix.\n", seen[i], contexts[i] );
        ok( seen_threads[i] == GetCurrentThreadId(), "APC %ld ran in another thread.\n", i );
    }
}

static void test_queue(void)
{
    run_probe( LAYER_IFS, probe_queue );
}

static const struct test_case cases[] =
{
    { "queue", test_queue },
};

START_TEST(upcall_queue_apc)
{
    run_cases( "upcall_queue_apc", cases, ARRAY_SIZE(cases) );
}
