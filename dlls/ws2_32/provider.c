/*
 * Service providers of this process
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
#include "wine/exception.h"

static SRWLOCK provider_lock = SRWLOCK_INIT;    /* guards the state of every provider; held for moments only */
static CONDITION_VARIABLE provider_idle = CONDITION_VARIABLE_INIT;
static struct provider *provider_list;          /* grows at its head, so that readers need no lock */
static LONG started_count;                      /* of providers that are not idle; read without the lock */
static LONG stop_count;                         /* of last cleanups; read without the lock */

struct provider *provider_get( const GUID *guid )
{
    struct provider *provider, *head, *new_provider = NULL;

    do
    {
        head = read_pointer_acquire( (void **)&provider_list );
        for (provider = head; provider; provider = provider->next)
            if (IsEqualGUID( &provider->guid, guid )) break;
        if (provider) break;

        if (!new_provider && !(new_provider = calloc( 1, sizeof(*new_provider) ))) return NULL;
        new_provider->guid = *guid;
        new_provider->next = head;
    } while (InterlockedCompareExchangePointer( (void **)&provider_list, new_provider, head ) != head);

    if (!provider) return new_provider;
    free( new_provider );
    return provider;
}

/* Becomes the one that starts or stops the provider, which must be in a given state for that. Returns FALSE
 * when it is in another one; with wait, another thread that starts or stops it has its time. */
static BOOL provider_claim( struct provider *provider, enum provider_state state, BOOL wait )
{
    DWORD thread = GetCurrentThreadId();
    BOOL ret;

    AcquireSRWLockExclusive( &provider_lock );
    /* After the last cleanup has begun, what stops a provider may wait for this very thread to end. */
    while (wait && provider->state == PROVIDER_BUSY && provider->busy_thread != thread && is_started())
        SleepConditionVariableSRW( &provider_idle, &provider_lock, INFINITE, 0 );
    if ((ret = provider->state == (LONG)state))
    {
        if (state == PROVIDER_IDLE) write_release( &started_count, started_count + 1 );
        provider->state = PROVIDER_BUSY;
        provider->busy_thread = thread;
    }
    ReleaseSRWLockExclusive( &provider_lock );
    return ret;
}

static void provider_release( struct provider *provider, enum provider_state state )
{
    AcquireSRWLockExclusive( &provider_lock );
    if (state == PROVIDER_IDLE) write_release( &started_count, started_count - 1 );
    write_release( &provider->state, state );
    ReleaseSRWLockExclusive( &provider_lock );
    WakeAllConditionVariable( &provider_idle );
}

/* Ends a start. FALSE if there was a last cleanup since stops was read: the provider is still the caller's. */
static BOOL provider_publish( struct provider *provider, LONG stops )
{
    BOOL ret;

    AcquireSRWLockExclusive( &provider_lock );
    if ((ret = stops == stop_count)) write_release( &provider->state, PROVIDER_RUNNING );
    ReleaseSRWLockExclusive( &provider_lock );
    if (ret) WakeAllConditionVariable( &provider_idle );
    return ret;
}

BOOL providers_are_started(void)
{
    return !!ReadAcquire( &started_count );
}

static BOOL is_complete_table( const WSPPROC_TABLE *procs )
{
    void *const *slots = (void *const *)procs;
    unsigned int i;

    for (i = 0; i < sizeof(*procs) / sizeof(*slots); ++i)
        if (!slots[i]) return FALSE;
    return TRUE;
}

static void call_cleanup( LPWSPCLEANUP cleanup )
{
    int error = 0;

    __TRY
    {
        cleanup( &error );  /* the result says nothing: a correct provider returned SOCKET_ERROR (§2.8) */
    }
    __EXCEPT_ALL
    {
        ERR( "WSPCleanup %p crashed, exception %#lx.\n", cleanup, GetExceptionCode() );
    }
    __ENDTRY
}

/* Calls WSPStartup and judges what came back. *crashed tells that the DLL is in an unknown state. */
static int call_startup( LPWSPSTARTUP startup, const struct catalog_entry *entry, const WCHAR *path,
                         WSPPROC_TABLE *procs, BOOL *crashed )
{
    WSAPROTOCOL_INFOW info = entry->info;  /* a copy that the provider may write to */
    WSPDATA data = {0};
    int error;

    *crashed = FALSE;
    __TRY
    {
        error = startup( MAKEWORD( 2, 2 ), &data, &info, upcall_table, procs );
    }
    __EXCEPT_ALL
    {
        ERR( "WSPStartup of %s crashed, exception %#lx.\n", debugstr_w(path), GetExceptionCode() );
        *crashed = TRUE;
        error = WSAEPROVIDERFAILEDINIT;
    }
    __ENDTRY

    if (*crashed) return error;
    if (error)
    {
        ERR( "WSPStartup of %s failed with error %d.\n", debugstr_w(path), error );
        return WSAEPROVIDERFAILEDINIT;
    }
    if (data.wVersion != MAKEWORD( 2, 2 ))
    {
        ERR( "%s speaks version %u.%u of the provider interface, 2.2 is needed.\n", debugstr_w(path),
             LOBYTE(data.wVersion), HIBYTE(data.wVersion) );
        error = WSAEINVALIDPROVIDER;
    }
    else if (!is_complete_table( procs ))
    {
        ERR( "WSPStartup of %s left a function of its table NULL.\n", debugstr_w(path) );
        error = WSAEINVALIDPROCTABLE;
    }
    if (error && procs->lpWSPCleanup) call_cleanup( procs->lpWSPCleanup );
    return error;
}

static BOOL expand_path( const struct catalog_entry *entry, WCHAR path[MAX_PATH] )
{
    DWORD len = ExpandEnvironmentStringsW( entry->path, path, MAX_PATH );

    return len && len <= MAX_PATH;
}

/* The table is written as a whole, and only when it is good: a thread that has stayed in a call from before the last
 * WSACleanup may still read it. */
static int load_provider( struct provider *provider, const struct catalog_entry *entry )
{
    WSPPROC_TABLE procs = {0};
    WCHAR path[MAX_PATH];
    LPWSPSTARTUP startup;
    BOOL crashed;
    int error;

    if (!expand_path( entry, path ))
    {
        ERR( "The path %s of provider %s cannot be expanded.\n", debugstr_w(entry->path),
             debugstr_guid(&provider->guid) );
        return WSAEPROVIDERFAILEDINIT;
    }
    if (!(provider->module = LoadLibraryW( path )))
    {
        ERR( "%s, the DLL of provider %s, cannot be loaded: error %lu.\n", debugstr_w(path),
             debugstr_guid(&provider->guid), GetLastError() );
        return WSAEPROVIDERFAILEDINIT;
    }
    if (!(startup = (void *)GetProcAddress( provider->module, "WSPStartup" )))
    {
        ERR( "%s, the DLL of provider %s, has no WSPStartup.\n", debugstr_w(path),
             debugstr_guid(&provider->guid) );
        error = WSAEPROVIDERFAILEDINIT;
        crashed = FALSE;
    }
    else
        error = call_startup( startup, entry, path, &procs, &crashed );

    /* After a crash the DLL may have threads and hooks: freeing it would crash the next one to run. */
    if (error && !crashed) FreeLibrary( provider->module );
    if (!error)
    {
        provider->procs = procs;
        TRACE( "%s started for entry %lu.\n", debugstr_w(path), entry->info.dwCatalogEntryId );
    }
    return error;
}

static void stop_claimed( struct provider *provider )
{
    call_cleanup( provider->procs.lpWSPCleanup );
    FreeLibrary( provider->module );
    provider_release( provider, PROVIDER_IDLE );
}

/* A last WSACleanup does not wait for the thread that is here, which could in turn wait for the cleanup: the layer
 * may call WSAStartup. The cleanup passes over a provider that is being started, and says so by stop_count; whoever
 * has started it looks there before anybody sees it running, and stops it. */
int provider_start( struct provider *provider, const struct catalog_entry *entry )
{
    LONG stops;
    int error;

    if (ReadAcquire( &provider->state ) == PROVIDER_RUNNING) return 0;
    if (!provider_claim( provider, PROVIDER_IDLE, TRUE ))
    {
        if (ReadAcquire( &provider->state ) == PROVIDER_RUNNING) return 0;
        if (!is_started()) return WSANOTINITIALISED;
        ERR( "Provider %s needs itself to start.\n", debugstr_guid(&provider->guid) );
        return WSAEPROVIDERFAILEDINIT;
    }
    stops = ReadAcquire( &stop_count );     /* before Winsock is found to be started */
    error = is_started() ? load_provider( provider, entry ) : WSANOTINITIALISED;
    if (error)
        provider_release( provider, PROVIDER_IDLE );
    else if (!provider_publish( provider, stops ))
    {
        stop_claimed( provider );
        error = WSANOTINITIALISED;
    }
    return error;
}

/* What is loaded of the DLLs of the catalog, and held. A layer loads and frees the one below it by itself, so that
 * the providers that were started here are not all. */
struct held_modules
{
    unsigned int count;
    HMODULE *modules;
};

static void hold_modules( struct held_modules *held )
{
    struct catalog_entry entry;
    WCHAR path[MAX_PATH];
    HMODULE *modules;
    unsigned int i;

    for (i = 0; snapshot_entry( i, &entry ); ++i)
    {
        if (!(modules = realloc( held->modules, (i + 1) * sizeof(*modules) ))) return;
        held->modules = modules;
        if (expand_path( &entry, path ) && GetModuleHandleExW( 0, path, &held->modules[held->count] )) held->count++;
    }
}

/* Some code of a provider may still have to run, when threads are in it that WSPCleanup did not send back: then
 * what is loaded stays so for the life of the process. */
static void release_modules( struct held_modules *held )
{
    if (held->count && threads_in_providers())
        WARN( "Threads are still in calls of providers, which stay loaded.\n" );
    else
        while (held->count) FreeLibrary( held->modules[--held->count] );
    free( held->modules );
}

void providers_stop(void)
{
    struct held_modules held = {0};
    struct provider *provider;

    AcquireSRWLockExclusive( &provider_lock );
    write_release( &stop_count, stop_count + 1 );
    ReleaseSRWLockExclusive( &provider_lock );

    if (threads_in_providers()) hold_modules( &held );
    for (provider = read_pointer_acquire( (void **)&provider_list ); provider; provider = provider->next)
        if (provider_claim( provider, PROVIDER_RUNNING, FALSE )) stop_claimed( provider );
    release_modules( &held );
}
