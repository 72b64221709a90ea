/*
 * Pass-through provider
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

#include <stdlib.h>
#include "passlsp.h"

/* An IFS layer that does as little as a layer can: it calls the one below. Several of them over each other are copies
 * of the file under several names, which all chains have in the same order; so the layer below is the same for all. It
 * is for IPv4 only. */

#define MAX_CHAINS 4

struct chain
{
    WSAPROTOCOL_INFOW info;         /* from above */
    WSAPROTOCOL_INFOW lower_info;   /* for the layer below */
};

static HMODULE own_module;
static WSPUPCALLTABLE upcalls;
static WSPPROC_TABLE lower;
static DWORD answered_flags = PASSLSP_ANSWER_FIRST;
static struct chain chains[MAX_CHAINS];     /* filled by WSPStartup, before there is a socket */
static LONG chain_count;
static LONG tcp_id;

DWORD CDECL passlsp_get( WSPUPCALLTABLE *table )
{
    *table = upcalls;
    return tcp_id;
}

/* --- the place in a chain --- */

static WSAPROTOCOL_INFOW *read_catalog( int *count )
{
    WSAPROTOCOL_INFOW *entries;
    DWORD size = 0;
    int error;

    WSCEnumProtocols( NULL, NULL, &size, &error );
    if ((entries = malloc( size ))) *count = WSCEnumProtocols( NULL, entries, &size, &error );
    return entries;
}

static const WSAPROTOCOL_INFOW *find_entry( const WSAPROTOCOL_INFOW *entries, int count, DWORD id )
{
    int i;

    for (i = 0; i < count; i++) if (entries[i].dwCatalogEntryId == id) return &entries[i];
    return NULL;
}

static BOOL get_path( const WSAPROTOCOL_INFOW *entry, WCHAR *path )
{
    GUID guid = entry->ProviderId;
    WCHAR unexpanded[MAX_PATH];
    int error, len = MAX_PATH;
    DWORD size;

    if (WSCGetProviderPath( &guid, unexpanded, &len, &error )) return FALSE;
    size = ExpandEnvironmentStringsW( unexpanded, path, MAX_PATH );
    return size && size <= MAX_PATH;
}

static BOOL is_own_entry( const WSAPROTOCOL_INFOW *entry )
{
    WCHAR path[MAX_PATH], own[MAX_PATH];

    GetModuleFileNameW( own_module, own, MAX_PATH );
    return get_path( entry, path ) && !lstrcmpiW( path, own );
}

/* The element below ours, and where its DLL is. */
static BOOL find_lower( const WSAPROTOCOL_INFOW *info, WSAPROTOCOL_INFOW *lower_entry, WCHAR *path )
{
    const WSAPROTOCOLCHAIN *chain = &info->ProtocolChain;
    const WSAPROTOCOL_INFOW *entry = NULL;
    WSAPROTOCOL_INFOW *entries;
    int i, count = 0;
    BOOL ret = FALSE;

    if (!(entries = read_catalog( &count ))) return FALSE;
    for (i = 0; i < chain->ChainLen; i++)
    {
        entry = find_entry( entries, count, chain->ChainEntries[i] );
        if (entry && is_own_entry( entry )) break;
    }
    if (i + 1 < chain->ChainLen && (entry = find_entry( entries, count, chain->ChainEntries[i + 1] )))
    {
        *lower_entry = *entry;
        ret = get_path( entry, path );
    }
    free( entries );
    return ret;
}

static int start_lower( const WCHAR *path, WSAPROTOCOL_INFOW *info )
{
    LPWSPSTARTUP startup = NULL;
    HMODULE module;
    WSPDATA data;

    if ((module = LoadLibraryW( path ))) startup = (void *)GetProcAddress( module, "WSPStartup" );
    return startup ? startup( MAKEWORD( 2, 2 ), &data, info, upcalls, &lower ) : WSAEPROVIDERFAILEDINIT;
}

static int add_chain( const WSAPROTOCOL_INFOW *info )
{
    struct chain *chain = &chains[chain_count];
    WSAPROTOCOL_INFOW lower_entry;
    WCHAR path[MAX_PATH];
    int error;

    if (chain_count == MAX_CHAINS || !find_lower( info, &lower_entry, path )) return WSAEPROVIDERFAILEDINIT;
    chain->info = chain->lower_info = *info;
    if (lower_entry.ProtocolChain.ChainLen == BASE_PROTOCOL)
    {
        chain->lower_info = lower_entry;
        answered_flags |= PASSLSP_ANSWER_LAST;
    }
    if ((error = start_lower( path, &chain->lower_info ))) return error;
    if (info->iSocketType == SOCK_STREAM) tcp_id = info->dwCatalogEntryId;
    chain_count++;
    return 0;
}

static struct chain *find_chain( DWORD id )
{
    LONG i;

    for (i = 0; i < chain_count; i++) if (chains[i].info.dwCatalogEntryId == id) return &chains[i];
    return NULL;
}

/* --- the SPI functions: those that are measured; the others are the next layer's own --- */

static SOCKET WSPAPI pass_socket( int family, int type, int protocol, WSAPROTOCOL_INFOW *info, GROUP group, DWORD flags,
                                  int *error )
{
    struct chain *chain = find_chain( info->dwCatalogEntryId );
    SOCKET s;

    if (!chain)
    {
        *error = WSAEINVAL;
        return INVALID_SOCKET;
    }
    s = lower.lpWSPSocket( family, type, protocol, &chain->lower_info, group, flags, error );
    return s == INVALID_SOCKET ? s : upcalls.lpWPUModifyIFSHandle( chain->info.dwCatalogEntryId, s, error );
}

static SOCKET WSPAPI pass_accept( SOCKET s, struct sockaddr *addr, int *len, LPCONDITIONPROC condition,
                                  DWORD_PTR context, int *error )
{
    SOCKET ret = lower.lpWSPAccept( s, addr, len, condition, context, error );

    return ret == INVALID_SOCKET ? ret : upcalls.lpWPUModifyIFSHandle( tcp_id, ret, error );
}

static int WSPAPI pass_async_select( SOCKET s, HWND hwnd, unsigned int message, LONG events, int *error )
{
    return lower.lpWSPAsyncSelect( s, hwnd, message, events, error );
}

static int WSPAPI pass_close_socket( SOCKET s, int *error )
{
    return lower.lpWSPCloseSocket( s, error );
}

static int WSPAPI pass_connect( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data,
                                WSABUF *callee_data, QOS *sqos, QOS *gqos, int *error )
{
    return lower.lpWSPConnect( s, addr, len, caller_data, callee_data, sqos, gqos, error );
}

static BOOL WSPAPI pass_get_overlapped_result( SOCKET s, OVERLAPPED *overlapped, DWORD *size, BOOL wait, DWORD *flags,
                                               int *error )
{
    return lower.lpWSPGetOverlappedResult( s, overlapped, size, wait, flags, error );
}

/* WSAPoll() comes here, too. */
static int WSPAPI pass_ioctl( SOCKET s, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *ret_size,
                              OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread,
                              int *error )
{
    return lower.lpWSPIoctl( s, code, in, in_size, out, out_size, ret_size, overlapped, routine, thread, error );
}

static int WSPAPI pass_recv( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD *flags, OVERLAPPED *overlapped,
                             LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error )
{
    return lower.lpWSPRecv( s, buffers, count, size, flags, overlapped, routine, thread, error );
}

static int WSPAPI pass_recv_from( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD *flags,
                                  struct sockaddr *addr, int *len, OVERLAPPED *overlapped,
                                  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error )
{
    return lower.lpWSPRecvFrom( s, buffers, count, size, flags, addr, len, overlapped, routine, thread, error );
}

static int WSPAPI pass_select( int count, fd_set *read, fd_set *write, fd_set *except, const struct timeval *timeout,
                               int *error )
{
    return lower.lpWSPSelect( count, read, write, except, timeout, error );
}

static int WSPAPI pass_send( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD flags, OVERLAPPED *overlapped,
                             LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error )
{
    if (flags & answered_flags) return 0;
    return lower.lpWSPSend( s, buffers, count, size, flags, overlapped, routine, thread, error );
}

static int WSPAPI pass_send_to( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD flags,
                                const struct sockaddr *addr, int len, OVERLAPPED *overlapped,
                                LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error )
{
    return lower.lpWSPSendTo( s, buffers, count, size, flags, addr, len, overlapped, routine, thread, error );
}

/* --- start --- */

static void make_table( WSPPROC_TABLE *procs )
{
    *procs = lower;
    procs->lpWSPAccept = pass_accept;
    procs->lpWSPAsyncSelect = pass_async_select;
    procs->lpWSPCloseSocket = pass_close_socket;
    procs->lpWSPConnect = pass_connect;
    procs->lpWSPGetOverlappedResult = pass_get_overlapped_result;
    procs->lpWSPIoctl = pass_ioctl;
    procs->lpWSPRecv = pass_recv;
    procs->lpWSPRecvFrom = pass_recv_from;
    procs->lpWSPSelect = pass_select;
    procs->lpWSPSend = pass_send;
    procs->lpWSPSendTo = pass_send_to;
    procs->lpWSPSocket = pass_socket;
}

/* The benchmarks start Winsock in one thread and end it with the process; WSPCleanup is the next layer's. */
int WSPAPI WSPStartup( WORD version, WSPDATA *data, WSAPROTOCOL_INFOW *info, WSPUPCALLTABLE table,
                       WSPPROC_TABLE *procs )
{
    int error;

    upcalls = table;
    if (!find_chain( info->dwCatalogEntryId ) && (error = add_chain( info ))) return error;
    memset( data, 0, sizeof(*data) );
    data->wVersion = data->wHighVersion = version;
    make_table( procs );
    return 0;
}

BOOL WINAPI DllMain( HINSTANCE instance, DWORD reason, void *reserved )
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH)
    {
        own_module = instance;
        DisableThreadLibraryCalls( instance );
    }
    return TRUE;
}
