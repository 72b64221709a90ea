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
 * when it is in another one. */
static BOOL provider_claim( struct provider *provider, enum provider_state state )
{
    DWORD thread = GetCurrentThreadId();
    BOOL ret;

    AcquireSRWLockExclusive( &provider_lock );
    while (provider->state == PROVIDER_BUSY && provider->busy_thread != thread)
        SleepConditionVariableSRW( &provider_idle, &provider_lock, INFINITE, 0 );
    if ((ret = provider->state == (LONG)state))
    {
        provider->state = PROVIDER_BUSY;
        provider->busy_thread = thread;
    }
    ReleaseSRWLockExclusive( &provider_lock );
    return ret;
}

static void provider_release( struct provider *provider, enum provider_state state )
{
    AcquireSRWLockExclusive( &provider_lock );
    write_release( &provider->state, state );
    ReleaseSRWLockExclusive( &provider_lock );
    WakeAllConditionVariable( &provider_idle );
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

static int load_provider( struct provider *provider, const struct catalog_entry *entry )
{
    WCHAR path[MAX_PATH];
    LPWSPSTARTUP startup;
    BOOL crashed;
    DWORD len;
    int error;

    len = ExpandEnvironmentStringsW( entry->path, path, ARRAY_SIZE(path) );
    if (!len || len > ARRAY_SIZE(path))
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
    {
        memset( &provider->procs, 0, sizeof(provider->procs) );
        error = call_startup( startup, entry, path, &provider->procs, &crashed );
    }

    /* After a crash the DLL may have threads and hooks: freeing it would crash the next one to run. */
    if (error && !crashed) FreeLibrary( provider->module );
    if (!error) TRACE( "%s started for entry %lu.\n", debugstr_w(path), entry->info.dwCatalogEntryId );
    return error;
}

int provider_start( struct provider *provider, const struct catalog_entry *entry )
{
    int error;

    if (ReadAcquire( &provider->state ) == PROVIDER_RUNNING) return 0;
    if (!provider_claim( provider, PROVIDER_IDLE ))
    {
        if (ReadAcquire( &provider->state ) == PROVIDER_RUNNING) return 0;
        ERR( "Provider %s needs itself to start.\n", debugstr_guid(&provider->guid) );
        return WSAEPROVIDERFAILEDINIT;
    }
    provider->is_base = entry->info.ProtocolChain.ChainLen == BASE_PROTOCOL;
    error = load_provider( provider, entry );
    provider_release( provider, error ? PROVIDER_IDLE : PROVIDER_RUNNING );
    return error;
}

void providers_stop(void)
{
    struct provider *provider;

    for (provider = read_pointer_acquire( (void **)&provider_list ); provider; provider = provider->next)
    {
        if (!provider_claim( provider, PROVIDER_RUNNING )) continue;
        call_cleanup( provider->procs.lpWSPCleanup );
        FreeLibrary( provider->module );
        provider_release( provider, PROVIDER_IDLE );
    }
}
