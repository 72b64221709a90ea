/*
 * Test provider: start, end, and the way to the next layer
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

#if 0
#pragma makedep testdll
#endif

#include "testlsp_private.h"

struct testlsp control = {.last_lower = INVALID_SOCKET, .opened_socket = INVALID_SOCKET};
CRITICAL_SECTION layer_lock;
HMODULE layer_module;

static LONG starts, cleanups;   /* of this copy of the DLL, since it was loaded */
static LONG running;            /* starts without a cleanup */

struct testlsp * CDECL testlsp_get(void)
{
    return &control;
}

/* The whole catalog, to be freed by the caller. */
static WSAPROTOCOL_INFOW *enum_catalog( unsigned int *count )
{
    WSAPROTOCOL_INFOW *entries;
    DWORD size = 0;
    int ret, error;

    WSCEnumProtocols( NULL, NULL, &size, &error );
    if (!(entries = malloc( size ))) return NULL;
    ret = WSCEnumProtocols( NULL, entries, &size, &error );
    if (ret == SOCKET_ERROR)
    {
        free( entries );
        return NULL;
    }
    *count = ret;
    return entries;
}

static const WCHAR *base_name( const WCHAR *path )
{
    const WCHAR *p, *ret = path;

    for (p = path; *p; p++) if (*p == '\\' || *p == '/') ret = p + 1;
    return ret;
}

static BOOL get_path( const WSAPROTOCOL_INFOW *entry, WCHAR *path )
{
    GUID guid = entry->ProviderId;
    WCHAR unexpanded[MAX_PATH];
    int error, len = ARRAY_SIZE(unexpanded);

    if (WSCGetProviderPath( &guid, unexpanded, &len, &error )) return FALSE;
    len = ExpandEnvironmentStringsW( unexpanded, path, MAX_PATH );
    return len && len <= MAX_PATH;
}

/* Folders are not compared: for a 32-bit process on a 64-bit system they differ. */
static BOOL is_own_entry( const WSAPROTOCOL_INFOW *entry )
{
    WCHAR path[MAX_PATH], own[MAX_PATH];

    GetModuleFileNameW( layer_module, own, ARRAY_SIZE(own) );
    return get_path( entry, path ) && !wcsicmp( base_name( path ), base_name( own ));
}

static const WSAPROTOCOL_INFOW *find_entry( const WSAPROTOCOL_INFOW *entries, unsigned int count, DWORD id )
{
    unsigned int i;

    for (i = 0; i < count; i++) if (entries[i].dwCatalogEntryId == id) return &entries[i];
    return NULL;
}

/* The chain entry of a layer: where it is not the topmost, the chain from above has the id of its chain entry or
 * of its own entry. */
static const WSAPROTOCOL_INFOW *find_own_chain( const WSAPROTOCOL_INFOW *entries, unsigned int count,
                                                const WSAPROTOCOL_INFOW *element, const WSAPROTOCOL_INFOW *info )
{
    unsigned int i;

    if (element->ProtocolChain.ChainLen > 1) return element;
    for (i = 0; i < count; i++)
    {
        if (entries[i].ProtocolChain.ChainLen < 2) continue;
        if (entries[i].ProtocolChain.ChainEntries[0] != element->dwCatalogEntryId) continue;
        if (entries[i].iAddressFamily == info->iAddressFamily && entries[i].iSocketType == info->iSocketType &&
            entries[i].iProtocol == info->iProtocol) return &entries[i];
    }
    return NULL;
}

/* Finds the place of this layer in a chain, and the layer below. */
static BOOL find_layers( const WSAPROTOCOL_INFOW *info, struct testlsp_instance *instance, WCHAR *lower_path )
{
    const WSAPROTOCOL_INFOW *element = NULL, *own, *lower;
    WSAPROTOCOL_INFOW *entries;
    unsigned int count;
    BOOL ret = FALSE;
    int i;

    if (!(entries = enum_catalog( &count ))) return FALSE;
    for (i = 0; i < info->ProtocolChain.ChainLen; i++)
    {
        element = find_entry( entries, count, info->ProtocolChain.ChainEntries[i] );
        if (element && is_own_entry( element )) break;
    }
    if (i >= info->ProtocolChain.ChainLen - 1) goto done;
    own = i ? find_own_chain( entries, count, element, info ) : info;
    lower = find_entry( entries, count, info->ProtocolChain.ChainEntries[i + 1] );
    if (!own || !lower) goto done;

    instance->catalog_id = own->dwCatalogEntryId;
    instance->ifs = !!(own->dwServiceFlags1 & XP1_IFS_HANDLES);
    instance->lower_info = lower->ProtocolChain.ChainLen == BASE_PROTOCOL ? *lower : *info;
    ret = get_path( lower, lower_path );

done:
    free( entries );
    return ret;
}

static int start_lower( struct testlsp_instance *instance, const WCHAR *path )
{
    LPWSPSTARTUP startup;
    WSPDATA data;

    if (!(instance->lower_module = LoadLibraryW( path ))) return WSAEPROVIDERFAILEDINIT;
    if (!(startup = (void *)GetProcAddress( instance->lower_module, "WSPStartup" ))) return WSAEPROVIDERFAILEDINIT;
    return startup( MAKEWORD( 2, 2 ), &data, &instance->lower_info, instance->upcalls, &instance->lower );
}

static BOOL is_complete( const WSPPROC_TABLE *procs )
{
    void *const *slots = (void *const *)procs;
    unsigned int i;

    for (i = 0; i < sizeof(*procs) / sizeof(*slots); i++) if (!slots[i]) return FALSE;
    return TRUE;
}

static struct testlsp_instance *make_instance( const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *upcalls,
                                               int *error )
{
    struct testlsp_instance *instance = &control.instances[control.instance_count];
    WCHAR path[MAX_PATH];

    *error = WSAEPROVIDERFAILEDINIT;
    if (control.instance_count == TESTLSP_MAX_INSTANCES) return NULL;
    memset( instance, 0, sizeof(*instance) );
    instance->info = *info;
    instance->upcalls = *upcalls;
    if (!find_layers( info, instance, path )) return NULL;
    if ((*error = start_lower( instance, path )))
    {
        if (instance->lower_module) FreeLibrary( instance->lower_module );
        return NULL;
    }
    if (!is_complete( &instance->lower ))
    {
        *error = WSAEINVALIDPROCTABLE;
        return NULL;
    }
    control.instance_count++;
    return instance;
}

static struct testlsp_instance *find_instance( const WSAPROTOCOL_INFOW *info )
{
    LONG i;

    for (i = 0; i < control.instance_count; i++)
        if (control.instances[i].info.dwCatalogEntryId == info->dwCatalogEntryId) return &control.instances[i];
    return NULL;
}

struct testlsp_instance *get_instance( const WSAPROTOCOL_INFOW *info, int *error )
{
    struct testlsp_instance *instance;

    EnterCriticalSection( &layer_lock );
    if (!(instance = find_instance( info )))
        instance = make_instance( info, &control.instances[0].upcalls, error );
    LeaveCriticalSection( &layer_lock );
    return instance;
}

static int open_socket(void)
{
    control.opened_socket = socket( AF_INET, SOCK_STREAM, control.startup_value );
    control.opened_error = control.opened_socket == INVALID_SOCKET ? WSAGetLastError() : 0;
    return 0;
}

static int start( WORD version, const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *upcalls )
{
    struct testlsp_instance *instance;
    int error;

    if (!running) control.instance_count = 0;
    if (!(instance = find_instance( info )) && !(instance = make_instance( info, upcalls, &error ))) return error;
    instance->starts++;
    instance->version = version;
    starts++;
    running++;
    return 0;
}

static void fill_table( WSPPROC_TABLE *procs, const WSAPROTOCOL_INFOW *info )
{
    *procs = layer_procs;
    if (control.partial)
    {
        *procs = find_instance( info )->lower;
        procs->lpWSPAccept = layer_procs.lpWSPAccept;
        procs->lpWSPCleanup = layer_procs.lpWSPCleanup;
        procs->lpWSPCloseSocket = layer_procs.lpWSPCloseSocket;
        procs->lpWSPGetSockOpt = layer_procs.lpWSPGetSockOpt;
        procs->lpWSPSocket = layer_procs.lpWSPSocket;
    }
    if (control.startup == TESTLSP_STARTUP_NULL_SLOT) ((void **)procs)[control.startup_value] = NULL;
}

int WSPAPI WSPStartup( WORD version, WSPDATA *data, WSAPROTOCOL_INFOW *info, WSPUPCALLTABLE upcalls,
                       WSPPROC_TABLE *procs )
{
    int *volatile nowhere = NULL;
    int error;

    RECORD( TESTLSP_STARTUP, version, P(data), P(info), P(procs), info->dwCatalogEntryId );
    if (control.startup == TESTLSP_STARTUP_CRASHES) *nowhere = 0;
    if (control.startup == TESTLSP_STARTUP_FAILS) return control.startup_value;

    EnterCriticalSection( &layer_lock );
    error = start( version, info, &upcalls );
    if (!error) fill_table( procs, info );
    if (!error) call_probe( TESTLSP_IN_STARTUP, find_instance( info ));
    if (!error && control.startup == TESTLSP_STARTUP_OPENS_SOCKET) error = open_socket();
    LeaveCriticalSection( &layer_lock );
    if (error) return error;
    if (!call_probe_in_worker( find_instance( info ))) return WSAEPROVIDERFAILEDINIT;

    data->wHighVersion = MAKEWORD( 2, 2 );
    data->wVersion = control.startup == TESTLSP_STARTUP_VERSION ? control.startup_value : MAKEWORD( 2, 2 );
    lstrcpyW( data->szDescription, L"winelsp test provider" );
    return 0;
}

static void stop(void)
{
    LONG i;
    int error;

    close_sockets();
    stop_threads();
    free_sockets();
    for (i = 0; i < control.instance_count; i++)
    {
        control.instances[i].lower.lpWSPCleanup( &error );
        FreeLibrary( control.instances[i].lower_module );
    }
}

int WSPAPI layer_cleanup( int *error )
{
    LONG left;

    record_args( TESTLSP_CLEANUP, NULL, 0 );
    Sleep( control.cleanup_delay );
    EnterCriticalSection( &layer_lock );
    if ((left = running)) left = --running;
    else left = -1;
    if (left >= 0) cleanups++;
    LeaveCriticalSection( &layer_lock );

    if (!left)
    {
        call_probe( TESTLSP_IN_CLEANUP, &control.instances[0] );
        stop();
    }
    if (left >= 0 && !control.cleanup_fails) return 0;
    *error = WSANOTINITIALISED;
    return SOCKET_ERROR;
}

/* The process ends without WSPCleanup: known layers clean up here, under the loader's lock, when the threads are
 * gone and the DLL of the next layer has been told to go before. */
static void clean_up_late(void)
{
    BOOL success = close_sockets();
    HANDLE event;
    LONG i;
    int error;

    for (i = 0; i < control.instance_count; i++)
    {
        control.instances[i].lower.lpWSPCleanup( &error );
        if (!(event = control.instances[i].upcalls.lpWPUCreateEvent( &error ))) success = FALSE;
        if (!control.instances[i].upcalls.lpWPUCloseEvent( event, &error )) success = FALSE;
    }
    if (!success) TerminateProcess( GetCurrentProcess(), TESTLSP_DETACH_FAILED );
}

BOOL WINAPI DllMain( HINSTANCE instance, DWORD reason, void *reserved )
{
    switch (reason)
    {
    case DLL_PROCESS_ATTACH:
        layer_module = instance;
        DisableThreadLibraryCalls( instance );
        InitializeCriticalSection( &layer_lock );
        break;
    case DLL_PROCESS_DETACH:
        if (control.instance_count)
            call_probe( reserved ? TESTLSP_IN_EXIT : TESTLSP_IN_DETACH, &control.instances[0] );
        if (control.clean_up_late && running) clean_up_late();
        if (!control.detach) break;
        control.detach->detached = TRUE;
        control.detach->starts = starts;
        control.detach->cleanups = cleanups;
        break;
    }
    return TRUE;
}
