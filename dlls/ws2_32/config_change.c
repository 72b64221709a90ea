/*
 * Notification of changes of the catalogs
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
#include "catalog_registry.h"
#include "namespace_registry.h"

/* What WSAProviderConfigChange() gives out is one end of a pipe, and a request is a read from it: so it has all that
 * an ordinary file handle has, a completion port, an event, cancelling, and an end of its requests by CloseHandle(),
 * of which nobody tells us. The other end is ours. The pipe has no buffer: a byte that is written waits until a read
 * takes it, and can be taken back until then. So we learn whether a request took it, or whether all were cancelled
 * and the change is still to be reported. (Wine 8.0 and Windows agree in this.) */

#define HANDLE_NAME_LEN 64

struct notification
{
    struct notification *next;
    HANDLE inner;                   /* our end */
    HANDLE offered;                 /* event of the byte */
    WCHAR name[HANDLE_NAME_LEN];    /* of the pipe: tells which handles are its other end */
    BOOL unreported;                /* a change that no request was told of */
};

enum watched
{
    WATCH_PARAMETERS,   /* the names of its keys only: those below may be removed as a whole, and come back */
    WATCH_PROTOCOLS,
    WATCH_NAMESPACES,
    WATCH_COUNT,
};

/* The handles live until the thread has ended, which alone closes them. */
struct watcher
{
    HANDLE stop;
    HANDLE changed[WATCH_COUNT];    /* manual reset events: the key has changed since it was armed */
    HKEY keys[WATCH_COUNT];
    HMODULE module;                 /* of ours, for the thread */
    struct notification *notifications;
};

static SRWLOCK change_lock = SRWLOCK_INIT;  /* guards the watcher and what is in it, not held while one waits */
static struct watcher *watcher;             /* of the time between WSAStartup and WSACleanup, made on demand */

/* --- the registry --- */

/* Wine resets the event in this call, and sets it at the next change. */
static BOOL arm_key( struct watcher *w, enum watched i )
{
    DWORD filter = REG_NOTIFY_CHANGE_NAME;

    if (i != WATCH_PARAMETERS) filter |= REG_NOTIFY_CHANGE_LAST_SET;
    return !RegNotifyChangeKeyValue( w->keys[i], i != WATCH_PARAMETERS, filter, w->changed[i], TRUE );
}

/* Opens the keys, which are made if they are missing, and arms them: that of Parameters last, since making a key
 * below it is a change to it. */
static BOOL open_keys( struct watcher *w )
{
    static const WCHAR *const names[WATCH_COUNT] =
    {
        [WATCH_PARAMETERS] = PARAMETERS_KEY,
        [WATCH_PROTOCOLS] = CATALOG_KEY,
        [WATCH_NAMESPACES] = NAMESPACE_CATALOG_KEY,
    };
    LSTATUS status;
    int i;

    for (i = WATCH_COUNT - 1; i >= 0; --i)
    {
        if (w->keys[i]) RegCloseKey( w->keys[i] );
        w->keys[i] = NULL;
        if ((status = RegCreateKeyExW( HKEY_LOCAL_MACHINE, names[i], 0, NULL, 0, KEY_READ, NULL, &w->keys[i], NULL )) ||
            !arm_key( w, i ))
        {
            ERR( "Cannot watch %s, error %ld.\n", debugstr_w(names[i]), status );
            return FALSE;
        }
    }
    return TRUE;
}

/* Arms the keys that have changed. One that is gone cannot be armed any more. */
static void rearm_keys( struct watcher *w )
{
    BOOL reopen = !WaitForSingleObject( w->changed[WATCH_PARAMETERS], 0 );
    unsigned int i;

    for (i = WATCH_PROTOCOLS; !reopen && i < WATCH_COUNT; ++i)
        if (!WaitForSingleObject( w->changed[i], 0 )) reopen = !arm_key( w, i );
    if (!reopen || open_keys( w )) return;
    /* Nothing is watched any more, and the thread is not to turn round and round. */
    for (i = 0; i < WATCH_COUNT; ++i) ResetEvent( w->changed[i] );
}

static BOOL has_changed( const struct watcher *w )
{
    return WaitForMultipleObjects( WATCH_COUNT, w->changed, FALSE, 0 ) < WATCH_COUNT;
}

/* A writer of ours changes many values for one change of the catalog. Its first is in force at once, but only when
 * it has finished, one notification stands for all. One that does not finish for this long is not waited for. */
#define WRITER_WAIT 1000    /* ms */

static void wait_for_writers(void)
{
    static const WCHAR *const names[] = {CATALOG_MUTEX, NAMESPACE_MUTEX};
    unsigned int i;
    HANDLE mutex;
    DWORD wait;

    for (i = 0; i < ARRAY_SIZE(names); ++i)
    {
        if (!(mutex = OpenMutexW( SYNCHRONIZE, FALSE, names[i] ))) continue;
        wait = WaitForSingleObject( mutex, WRITER_WAIT );
        if (wait == WAIT_OBJECT_0 || wait == WAIT_ABANDONED) ReleaseMutex( mutex );
        CloseHandle( mutex );
    }
}

/* --- notifications --- */

static void free_notification( struct notification **entry )
{
    struct notification *notification = *entry;

    *entry = notification->next;
    if (notification->inner) CloseHandle( notification->inner );
    if (notification->offered) CloseHandle( notification->offered );
    free( notification );
}

static BOOL is_open( const struct notification *notification )
{
    FILE_PIPE_LOCAL_INFORMATION info;
    IO_STATUS_BLOCK io;

    return !NtQueryInformationFile( notification->inner, &io, &info, sizeof(info), FilePipeLocalInformation ) &&
           info.NamedPipeState == FILE_PIPE_CONNECTED_STATE;
}

/* Offers a byte to the requests of a handle, and takes it back if none has taken it. The second returns
 * STATUS_SUCCESS if one has, STATUS_CANCELLED if not, and another status if the application has closed the handle.
 * In between a request can be made that takes it at once. */
static NTSTATUS begin_offer( const struct notification *notification, IO_STATUS_BLOCK *io )
{
    return NtWriteFile( notification->inner, notification->offered, NULL, NULL, io, "", 1, NULL, NULL );
}

static NTSTATUS end_offer( const struct notification *notification, NTSTATUS status, IO_STATUS_BLOCK *io )
{
    IO_STATUS_BLOCK cancel_io;

    if (status != STATUS_PENDING) return status;
    NtCancelIoFileEx( notification->inner, io, &cancel_io );
    WaitForSingleObject( notification->offered, INFINITE );
    return io->Status;
}

/* Tells all requests of a handle that there was a change; FALSE if the application has closed it. */
static BOOL notify( struct notification *notification )
{
    IO_STATUS_BLOCK io;
    BOOL told = FALSE;
    NTSTATUS status;

    while (!(status = end_offer( notification, begin_offer( notification, &io ), &io ))) told = TRUE;
    if (!told) notification->unreported = TRUE;
    return status == STATUS_CANCELLED;
}

/* Takes note of changes: by the watching thread, and before a request, which must not wait for that thread. */
static void report_changes(void)
{
    struct notification **entry;
    BOOL changed;

    AcquireSRWLockShared( &change_lock );
    changed = watcher && has_changed( watcher );
    ReleaseSRWLockShared( &change_lock );
    if (!changed) return;

    wait_for_writers();
    AcquireSRWLockExclusive( &change_lock );
    if (watcher && has_changed( watcher ))
    {
        /* What changes before this is seen by those who are told after it; what changes later is told again. */
        rearm_keys( watcher );
        entry = &watcher->notifications;
        while (*entry)
        {
            if (notify( *entry )) entry = &(*entry)->next;
            else free_notification( entry );
        }
    }
    ReleaseSRWLockExclusive( &change_lock );
}

/* --- the watcher --- */

static void free_watcher( struct watcher *w )
{
    unsigned int i;

    for (i = 0; i < WATCH_COUNT; ++i)
    {
        if (w->keys[i]) RegCloseKey( w->keys[i] );
        if (w->changed[i]) CloseHandle( w->changed[i] );
    }
    if (w->stop) CloseHandle( w->stop );
    free( w );
}

static DWORD WINAPI watch_thread( void *arg )
{
    struct watcher *w = arg;
    HANDLE handles[1 + WATCH_COUNT] = {w->stop};
    HMODULE module = w->module;

    memcpy( handles + 1, w->changed, sizeof(w->changed) );
    while (WaitForMultipleObjects( ARRAY_SIZE(handles), handles, FALSE, INFINITE ) != WAIT_OBJECT_0)
        report_changes();

    free_watcher( w );
    FreeLibraryAndExitThread( module, 0 );
}

/* Returns 0 and a watcher with its thread, or an error. */
static int create_watcher( struct watcher **ret )
{
    struct watcher *w;
    HANDLE thread = NULL;
    unsigned int i;

    if (!(w = calloc( 1, sizeof(*w) ))) return WSA_NOT_ENOUGH_MEMORY;

    w->stop = CreateEventW( NULL, TRUE, FALSE, NULL );
    for (i = 0; i < WATCH_COUNT; ++i) w->changed[i] = CreateEventW( NULL, TRUE, FALSE, NULL );
    /* Otherwise the first reader writes them, and that is not a change. */
    catalog_write_missing();
    namespace_write_missing();
    if (!w->stop || !w->changed[0] || !w->changed[1] || !w->changed[2] || !open_keys( w ))
    {
        free_watcher( w );
        return WSAENETDOWN;
    }

    if (GetModuleHandleExW( GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (WCHAR *)watch_thread, &w->module ))
        thread = CreateThread( NULL, 0, watch_thread, w, 0, NULL );
    if (!thread)
    {
        if (w->module) FreeLibrary( w->module );
        free_watcher( w );
        return WSA_NOT_ENOUGH_MEMORY;
    }
    CloseHandle( thread );
    *ret = w;
    return 0;
}

/* What it takes the loader's lock for, and WSACleanup() may be called with that, is done without ours. */
static int ensure_watcher(void)
{
    struct watcher *w;
    BOOL exists;
    int error;

    AcquireSRWLockShared( &change_lock );
    exists = !!watcher;
    ReleaseSRWLockShared( &change_lock );
    if (exists) return 0;

    if ((error = create_watcher( &w ))) return error;
    AcquireSRWLockExclusive( &change_lock );
    if (watcher || !is_started()) SetEvent( w->stop );
    else watcher = w;
    ReleaseSRWLockExclusive( &change_lock );
    return 0;
}

/* The thread is not waited for: it needs the loader's lock to end. It touches nothing that is freed here. */
void config_change_stop(void)
{
    AcquireSRWLockExclusive( &change_lock );
    if (watcher)
    {
        while (watcher->notifications) free_notification( &watcher->notifications );
        SetEvent( watcher->stop );
        watcher = NULL;
    }
    ReleaseSRWLockExclusive( &change_lock );
}

/* --- handles --- */

/* The name as it is asked of the handle is that with which it is made, without the folder of pipes. */
static HANDLE create_pipe( struct notification *notification )
{
    static const WCHAR folder[] = L"\\\\.\\pipe";
    WCHAR path[ARRAY_SIZE(folder) + HANDLE_NAME_LEN];
    static LONG last_number;
    HANDLE handle;

    swprintf( notification->name, HANDLE_NAME_LEN, L"\\winsock-provider-change-%08lx-%08lx", GetCurrentProcessId(),
              InterlockedIncrement( &last_number ) );
    swprintf( path, ARRAY_SIZE(path), L"%s%s", folder, notification->name );
    handle = CreateNamedPipeW( path, PIPE_ACCESS_INBOUND | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
                               PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1, 0, 0, 0, NULL );
    if (handle == INVALID_HANDLE_VALUE) return NULL;

    notification->inner = CreateFileW( path, GENERIC_WRITE, 0, NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL );
    notification->offered = CreateEventW( NULL, TRUE, FALSE, NULL );
    if (notification->inner == INVALID_HANDLE_VALUE) notification->inner = NULL;
    if (notification->inner && notification->offered) return handle;
    CloseHandle( handle );
    return NULL;
}

/* A new handle has a change to report: the first request completes at once (§12.1). */
static int create_notification( HANDLE *ret )
{
    struct notification *notification, **entry;
    int error;

    if ((error = ensure_watcher())) return error;
    if (!(notification = calloc( 1, sizeof(*notification) ))) return WSA_NOT_ENOUGH_MEMORY;
    if (!(*ret = create_pipe( notification )))
    {
        WARN( "Cannot make a pipe, error %lu.\n", GetLastError() );
        free_notification( &notification );
        return WSA_NOT_ENOUGH_MEMORY;
    }

    AcquireSRWLockExclusive( &change_lock );
    if (watcher)
    {
        /* Here, too, we find out what was closed, so that they do not become many. */
        for (entry = &watcher->notifications; *entry;)
        {
            if (is_open( *entry )) entry = &(*entry)->next;
            else free_notification( entry );
        }
        notification->unreported = TRUE;
        *entry = notification;
    }
    else error = WSANOTINITIALISED;
    ReleaseSRWLockExclusive( &change_lock );

    if (!error) return 0;
    CloseHandle( *ret );
    free_notification( &notification );
    return error;
}

/* The notification of a handle, whatever the application closed and what the kernel has put into its place. */
static struct notification *find_notification( HANDLE handle )
{
    union
    {
        WCHAR buffer[sizeof(FILE_NAME_INFORMATION) / sizeof(WCHAR) + HANDLE_NAME_LEN];
        FILE_NAME_INFORMATION info;
    } name = {{0}};
    struct notification *notification;
    IO_STATUS_BLOCK io;

    if (NtQueryInformationFile( handle, &io, &name, sizeof(name) - sizeof(WCHAR), FileNameInformation )) return NULL;

    notification = watcher ? watcher->notifications : NULL;
    while (notification && wcscmp( notification->name, name.info.FileName )) notification = notification->next;
    return notification;
}

/* --- requests --- */

/* Where the bytes go. */
static BYTE unused;

static int error_from_request( NTSTATUS status )
{
    if (!status) return 0;
    /* The second: WSACleanup() has closed the other end. */
    if (status == STATUS_CANCELLED || status == STATUS_PIPE_BROKEN) return WSA_OPERATION_ABORTED;
    return RtlNtStatusToDosError( status );
}

static void WINAPI call_completion( void *context, IO_STATUS_BLOCK *io, ULONG reserved )
{
    LPWSAOVERLAPPED_COMPLETION_ROUTINE completion = context;

    TRACE( "completion %p, status %#lx, reserved %lu\n", context, io->Status, reserved );
    completion( error_from_request( io->Status ), 0, (OVERLAPPED *)io, 0 );
}

/* Starts a request: STATUS_PENDING, or how it ended. */
static NTSTATUS read_handle( HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc, void *context, IO_STATUS_BLOCK *io )
{
    NTSTATUS status = STATUS_INVALID_HANDLE, offer = 0;
    struct notification *notification;
    IO_STATUS_BLOCK offer_io;

    report_changes();
    AcquireSRWLockExclusive( &change_lock );
    if ((notification = find_notification( handle )))
    {
        if (notification->unreported) offer = begin_offer( notification, &offer_io );
        status = NtReadFile( handle, event, apc, context, io, &unused, sizeof(unused), NULL, NULL );
        if (notification->unreported && !end_offer( notification, offer, &offer_io )) notification->unreported = FALSE;
    }
    ReleaseSRWLockExclusive( &change_lock );
    return status;
}

/* Without a context Wine puts no packet into the handle's port. */
static int wait_for_change( HANDLE handle )
{
    IO_STATUS_BLOCK io;
    NTSTATUS status;
    HANDLE event;

    if (!(event = CreateEventW( NULL, TRUE, FALSE, NULL ))) return WSA_NOT_ENOUGH_MEMORY;
    if ((status = read_handle( handle, event, NULL, NULL, &io )) == STATUS_PENDING)
    {
        WaitForSingleObject( event, INFINITE );
        status = io.Status;
    }
    CloseHandle( event );
    return error_from_request( status );
}

static int request_change( HANDLE handle, OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE completion )
{
    IO_STATUS_BLOCK *io = (IO_STATUS_BLOCK *)overlapped;
    HANDLE event = overlapped->hEvent;

    overlapped->Internal = STATUS_PENDING;
    overlapped->InternalHigh = 0;
    if (completion) return error_from_request( read_handle( handle, NULL, call_completion, completion, io ) );

    /* The low bit keeps the packet from the port. */
    return error_from_request( read_handle( handle, (HANDLE)((ULONG_PTR)event & ~(ULONG_PTR)1), NULL,
                                            (ULONG_PTR)event & 1 ? NULL : overlapped, io ) );
}

/***********************************************************************
 *      WSAProviderConfigChange   (ws2_32.@)
 */
int WINAPI WSAProviderConfigChange( HANDLE *handle, OVERLAPPED *overlapped,
                                    LPWSAOVERLAPPED_COMPLETION_ROUTINE completion )
{
    HANDLE value;
    int error = 0;

    TRACE( "handle %p, overlapped %p, completion %p\n", handle, overlapped, completion );

    if (!ensure_started()) return SOCKET_ERROR;

    if (!copy_from_app( &value, handle, sizeof(value) )) error = WSAEFAULT;
    else if (!value && !(error = create_notification( &value )) && !copy_to_app( handle, &value, sizeof(value) ))
    {
        CloseHandle( value );
        error = WSAEFAULT;
    }
    if (!error) error = overlapped ? request_change( value, overlapped, completion ) : wait_for_change( value );

    if (error) SetLastError( error );
    return error ? SOCKET_ERROR : 0;
}
