/*
 * Startup and cleanup
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

#include "ws2_32_private.h"
#include "app_memory.h"

static SRWLOCK startup_lock = SRWLOCK_INIT;     /* guards all of these; not held while a provider runs */
static CONDITION_VARIABLE startup_done = CONDITION_VARIABLE_INIT;
static DWORD startup_thread;    /* the thread that is in the last WSACleanup */
LONG startup_count;             /* read without the lock */
LONG version_1;                 /* the same */

BOOL WINAPI DllMain( HINSTANCE instance, DWORD reason, void *reserved )
{
    TRACE( "instance %p, reason %lu, reserved %p\n", instance, reason, reserved );

    switch (reason)
    {
    case DLL_PROCESS_ATTACH:
        return thread_data_init();

    case DLL_THREAD_DETACH:
        thread_data_free();
        break;

    case DLL_PROCESS_DETACH:
        if (!reserved) thread_data_uninit();
        break;
    }
    return TRUE;
}

void *get_user32_function( const char *name )
{
    HMODULE user32 = GetModuleHandleW( L"user32.dll" );

    if (!user32) user32 = LoadLibraryW( L"user32.dll" );
    return user32 ? (void *)GetProcAddress( user32, name ) : NULL;
}

/* The last cleanup calls providers, without a lock; other threads wait for it. A provider that calls WSAStartup or
 * WSACleanup from inside does not. */
static void enter_startup(void)
{
    AcquireSRWLockExclusive( &startup_lock );
    while (startup_thread && startup_thread != GetCurrentThreadId())
        SleepConditionVariableSRW( &startup_done, &startup_lock, INFINITE, 0 );
}

static void leave_startup(void)
{
    ReleaseSRWLockExclusive( &startup_lock );
    WakeAllConditionVariable( &startup_done );
}

/***********************************************************************
 *      WSAStartup   (ws2_32.115)
 */
int WINAPI WSAStartup( WORD version, WSADATA *data )
{
    const struct base_winsock *base = get_base_winsock();
    WSADATA copy;
    int ret;

    TRACE( "version %#x, data %p\n", version, data );

    if (!base) return WSASYSNOTREADY;
    if (is_version_1() && !ensure_not_in_hook()) return WSAEINPROGRESS;
    /* A program that survives its own fault must not leave the lock behind. What the base does not write stays. As in
     * the base, the version is looked at before the pointer. */
    if (!copy_from_app( &copy, data, sizeof(copy) ) || !copy_to_app( data, &copy, sizeof(copy) ))
        return LOBYTE(version) ? WSAEFAULT : WSAVERNOTSUPPORTED;

    enter_startup();
    if (!(ret = base->WSAStartup( version, &copy )))
    {
        if (!startup_count && (ret = snapshot_take()))
            base->WSACleanup();
        else
        {
            if (LOBYTE(version) >= 2) write_release( &version_1, FALSE );
            else if (!startup_count) write_release( &version_1, TRUE );
            write_release( &startup_count, startup_count + 1 );
        }
    }
    TRACE( "returning %d, count %ld\n", ret, startup_count );
    leave_startup();
    copy_to_app( data, &copy, sizeof(copy) );
    return ret;
}

/***********************************************************************
 *      WSACleanup   (ws2_32.116)
 */
int WINAPI WSACleanup(void)
{
    BOOL last;

    if (is_version_1() && !ensure_not_in_hook()) return SOCKET_ERROR;

    enter_startup();
    TRACE( "count %ld\n", startup_count );
    if (!startup_count)
    {
        leave_startup();
        SetLastError( WSANOTINITIALISED );
        return SOCKET_ERROR;
    }
    write_release( &startup_count, startup_count - 1 );
    /* A provider may start and clean up while it is stopped: that is no second last one. */
    if ((last = !startup_count && !startup_thread))
    {
        startup_thread = GetCurrentThreadId();
        write_release( &version_1, FALSE );
    }
    leave_startup();

    if (last)
    {
        config_change_stop();
        providers_stop();
        socket_table_clear();
        snapshot_drop();
    }
    get_base_winsock()->WSACleanup();

    if (last)
    {
        enter_startup();
        startup_thread = 0;
        if (startup_count) snapshot_take();     /* for a provider that did not clean up again */
        leave_startup();
    }
    return 0;
}

/***********************************************************************
 *      WSAGetLastError   (ws2_32.111)
 */
int WINAPI WSAGetLastError(void)
{
    return GetLastError();
}

/***********************************************************************
 *      WSASetLastError   (ws2_32.112)
 */
void WINAPI WSASetLastError( int error )
{
    SetLastError( error );
}
