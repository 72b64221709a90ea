/*
 * Startup, cleanup and the entry points of the DLL
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


#include "tracelsp.h"

/* {5A1F9C1E-7D0B-4C2A-9B7E-2C60F1B4A7D3}: it finds our entry in the catalog. A layer of your own needs its own. */
const GUID tracelsp_guid = {0x5a1f9c1e, 0x7d0b, 0x4c2a, {0x9b, 0x7e, 0x2c, 0x60, 0xf1, 0xb4, 0xa7, 0xd3}};

HINSTANCE tracelsp_instance;
WSPUPCALLTABLE upcalls;
CRITICAL_SECTION start_lock;
static unsigned int start_count;    /* guarded by start_lock */

static const WSPPROC_TABLE proc_table =
{
    .lpWSPAccept = WSPAccept,
    .lpWSPAddressToString = WSPAddressToString,
    .lpWSPAsyncSelect = WSPAsyncSelect,
    .lpWSPBind = WSPBind,
    .lpWSPCancelBlockingCall = WSPCancelBlockingCall,
    .lpWSPCleanup = WSPCleanup,
    .lpWSPCloseSocket = WSPCloseSocket,
    .lpWSPConnect = WSPConnect,
    .lpWSPDuplicateSocket = WSPDuplicateSocket,
    .lpWSPEnumNetworkEvents = WSPEnumNetworkEvents,
    .lpWSPEventSelect = WSPEventSelect,
    .lpWSPGetOverlappedResult = WSPGetOverlappedResult,
    .lpWSPGetPeerName = WSPGetPeerName,
    .lpWSPGetSockName = WSPGetSockName,
    .lpWSPGetSockOpt = WSPGetSockOpt,
    .lpWSPGetQOSByName = WSPGetQOSByName,
    .lpWSPIoctl = WSPIoctl,
    .lpWSPJoinLeaf = WSPJoinLeaf,
    .lpWSPListen = WSPListen,
    .lpWSPRecv = WSPRecv,
    .lpWSPRecvDisconnect = WSPRecvDisconnect,
    .lpWSPRecvFrom = WSPRecvFrom,
    .lpWSPSelect = (LPWSPSELECT)WSPSelect,  /* mingw-w64 declares the timeout without const */
    .lpWSPSend = WSPSend,
    .lpWSPSendDisconnect = WSPSendDisconnect,
    .lpWSPSendTo = WSPSendTo,
    .lpWSPSetSockOpt = WSPSetSockOpt,
    .lpWSPShutdown = WSPShutdown,
    .lpWSPSocket = WSPSocket,
    .lpWSPStringToAddress = WSPStringToAddress,
};

/* Winsock calls this for each of our chains that the process uses, with the catalog entry of the chain; a layer
 * above us does with the entry of its chain. All of them get the same functions: these find the layer below by the
 * socket that they are called with. */
int WSPAPI WSPStartup( WORD version, WSPDATA *data, WSAPROTOCOL_INFOW *info, WSPUPCALLTABLE table,
                       WSPPROC_TABLE *procs )
{
    struct layer *layer;
    int error;

    if (!data || !info || !procs) return WSAEFAULT;
    if (LOBYTE(version) < 2 || (LOBYTE(version) == 2 && HIBYTE(version) < 2)) return WSAVERNOTSUPPORTED;

    EnterCriticalSection( &start_lock );
    if (!start_count)
    {
        upcalls = table;    /* it is always the same one */
        trace_open();
    }
    if (!(error = layer_get( info, &layer )))
    {
        ++start_count;
        memset( data, 0, sizeof(*data) );
        data->wVersion = MAKEWORD( 2, 2 );
        data->wHighVersion = MAKEWORD( 2, 2 );
        wcscpy( data->szDescription, L"tracelsp" );
        *procs = proc_table;
        TRACE( "WSPStartup", INVALID_SOCKET, "\"%s\" as %s over \"%s\" -> 0",
               text_string( layer->own_entry.szProtocol ).str, layer->is_ifs ? "IFS" : "non-IFS",
               text_string( layer->lower_entry.szProtocol ).str );
        layer_release( layer );
    }
    else
        TRACE( "WSPStartup", INVALID_SOCKET, "\"%s\" -> %s", text_string( info->szProtocol ).str,
               text_error( error ).str );
    LeaveCriticalSection( &start_lock );
    return error;
}

/* The last one stops the layers below, each as often as it was started, which is once. */
int WSPAPI WSPCleanup( int *error )
{
    int ret = 0;

    EnterCriticalSection( &start_lock );
    TRACE( "WSPCleanup", INVALID_SOCKET, "-> %s", start_count ? "0" : "WSANOTINITIALISED" );
    if (!start_count)
    {
        *error = WSANOTINITIALISED;
        ret = SOCKET_ERROR;
    }
    else if (!--start_count)
    {
        sockets_stop();
        requests_stop();
        async_select_stop();
        layers_stop();
    }
    LeaveCriticalSection( &start_lock );
    return ret;
}

void WSPAPI GetLspGuid( GUID *guid )
{
    *guid = tracelsp_guid;
}

void pin_module(void)
{
    HMODULE module;

    GetModuleHandleExW( GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                        (const WCHAR *)pin_module, &module );
}

/* A process may end, or unload us, without WSPCleanup(). At its end there is nothing to do: the other threads were
 * killed wherever they were, so no lock can be taken any more. While a thread of ours runs we are not unloaded. */
BOOL WINAPI DllMain( HINSTANCE instance, DWORD reason, void *reserved )
{
    switch (reason)
    {
    case DLL_PROCESS_ATTACH:
        tracelsp_instance = instance;
        DisableThreadLibraryCalls( instance );
        if (!calls_init()) return FALSE;
        InitializeCriticalSection( &start_lock );
        break;

    case DLL_PROCESS_DETACH:
        if (reserved) break;
        trace_close();
        DeleteCriticalSection( &start_lock );
        calls_uninit();
        break;
    }
    return TRUE;
}
