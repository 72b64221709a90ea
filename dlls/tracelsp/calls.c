/*
 * SPI functions: all but input and output
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

/* Nearly all of these have one shape: find the socket, call the same function of the layer below with the lower
 * socket, write a line. The comments are about the others. */

SOCKET WSPAPI WSPSocket( int family, int type, int protocol, WSAPROTOCOL_INFOW *info, GROUP group, DWORD flags,
                         int *error )
{
    WSAPROTOCOL_INFOW lower_info;
    SOCKET s = INVALID_SOCKET;
    struct layer *layer;
    int ret;

    if ((ret = layer_get( info, &layer )))
        *error = ret;
    else
    {
        lower_info = layer_lower_info( layer, info );
        s = layer->lower.lpWSPSocket( family, type, protocol, &lower_info, group, flags, error );
        if (s != INVALID_SOCKET) s = socket_create( layer, s, error );
        layer_release( layer );
    }
    TRACE( "WSPSocket", INVALID_SOCKET, "family %d type %d protocol %d -> %s", family, type, protocol,
           text_socket( s, *error ).str );
    return s;
}

SOCKET WSPAPI WSPAccept( SOCKET s, struct sockaddr *addr, int *len, LPCONDITIONPROC condition, DWORD_PTR context,
                         int *error )
{
    struct call call;
    SOCKET ret;

    if (!call_begin( &call, "WSPAccept", s, error )) return INVALID_SOCKET;
    async_select_accept_begin( call.socket );
    ret = call.next->lpWSPAccept( call.lower, addr, len, condition, context, error );
    if (ret != INVALID_SOCKET) ret = socket_create( call.socket->layer, ret, error );
    async_select_accept_end( call.socket, ret );
    if (ret != INVALID_SOCKET && addr && len)
        TRACE_CALL( &call, "from %s -> %s", text_address( addr, *len ).str, text_socket( ret, 0 ).str );
    else
        TRACE_CALL( &call, "-> %s", text_socket( ret, *error ).str );
    call_end( &call );
    return ret;
}

/* The leaf of a datagram socket may be that socket itself. */
SOCKET WSPAPI WSPJoinLeaf( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data, WSABUF *callee_data,
                           QOS *sqos, QOS *gqos, DWORD flags, int *error )
{
    struct call call;
    SOCKET ret;

    if (!call_begin( &call, "WSPJoinLeaf", s, error )) return INVALID_SOCKET;
    ret = call.next->lpWSPJoinLeaf( call.lower, addr, len, caller_data, callee_data, sqos, gqos, flags, error );
    if (ret == call.lower) ret = s;
    else if (ret != INVALID_SOCKET) ret = socket_create( call.socket->layer, ret, error );
    TRACE_CALL( &call, "%s -> %s", text_address( addr, len ).str, text_socket( ret, *error ).str );
    call_end( &call );
    return ret;
}

/* Our socket is closed before the lower one: the handle of an IFS socket can come back as another thread's new socket
 * before the call below returns. When that call fails the socket is still there (WSAEWOULDBLOCK, for one that
 * lingers). A non-IFS socket stays in Winsock's table until its last request has completed. */
int WSPAPI WSPCloseSocket( SOCKET s, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPCloseSocket", s, error )) return SOCKET_ERROR;
    if (!socket_close( call.socket ))
    {
        *error = WSAENOTSOCK;
        ret = SOCKET_ERROR;
    }
    else if ((ret = call.next->lpWSPCloseSocket( call.lower, error )))
        socket_reopen( call.socket );
    else
    {
        requests_abort( call.socket );
        async_select_end( call.socket );
        socket_release( call.socket );
    }
    TRACE_CALL( &call, "-> %s", text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPBind( SOCKET s, const struct sockaddr *addr, int len, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPBind", s, error )) return SOCKET_ERROR;
    ret = call.next->lpWSPBind( call.lower, addr, len, error );
    TRACE_CALL( &call, "%s -> %s", text_address( addr, len ).str, text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPConnect( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data, WSABUF *callee_data,
                       QOS *sqos, QOS *gqos, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPConnect", s, error )) return SOCKET_ERROR;
    ret = call.next->lpWSPConnect( call.lower, addr, len, caller_data, callee_data, sqos, gqos, error );
    TRACE_CALL( &call, "%s -> %s", text_address( addr, len ).str, text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPListen( SOCKET s, int backlog, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPListen", s, error )) return SOCKET_ERROR;
    ret = call.next->lpWSPListen( call.lower, backlog, error );
    TRACE_CALL( &call, "backlog %d -> %s", backlog, text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPShutdown( SOCKET s, int how, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPShutdown", s, error )) return SOCKET_ERROR;
    ret = call.next->lpWSPShutdown( call.lower, how, error );
    TRACE_CALL( &call, "how %d -> %s", how, text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPGetSockName( SOCKET s, struct sockaddr *addr, int *len, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPGetSockName", s, error )) return SOCKET_ERROR;
    if ((ret = call.next->lpWSPGetSockName( call.lower, addr, len, error )))
        TRACE_CALL( &call, "-> %s", text_error( *error ).str );
    else
        TRACE_CALL( &call, "%s -> 0", text_address( addr, *len ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPGetPeerName( SOCKET s, struct sockaddr *addr, int *len, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPGetPeerName", s, error )) return SOCKET_ERROR;
    if ((ret = call.next->lpWSPGetPeerName( call.lower, addr, len, error )))
        TRACE_CALL( &call, "-> %s", text_error( *error ).str );
    else
        TRACE_CALL( &call, "%s -> 0", text_address( addr, *len ).str );
    call_end( &call );
    return ret;
}

/* The program is to see our catalog entry, not that of the layer below: programs look there for XP1_IFS_HANDLES. The
 * length is only written if it is too short, as below (and as Wine's own tests say of Windows). */
static int get_protocol_info( const struct layer *layer, int option, char *value, int *len, int *error )
{
    int size = option == SO_PROTOCOL_INFOW ? sizeof(WSAPROTOCOL_INFOW) : sizeof(WSAPROTOCOL_INFOA);
    WSAPROTOCOL_INFOA *info = (WSAPROTOCOL_INFOA *)value;

    if (!value || !len || *len < size)
    {
        if (value && len) *len = size;
        *error = WSAEFAULT;
        return SOCKET_ERROR;
    }
    if (option == SO_PROTOCOL_INFOW)
        memcpy( value, &layer->own_entry, size );
    else
    {
        /* The two structures differ in the name, which is the last member. */
        memcpy( info, &layer->own_entry, offsetof( WSAPROTOCOL_INFOA, szProtocol ) );
        WideCharToMultiByte( CP_ACP, 0, layer->own_entry.szProtocol, -1, info->szProtocol, sizeof(info->szProtocol),
                             NULL, NULL );
        info->szProtocol[sizeof(info->szProtocol) - 1] = 0;
    }
    return 0;
}

int WSPAPI WSPGetSockOpt( SOCKET s, int level, int option, char *value, int *len, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPGetSockOpt", s, error )) return SOCKET_ERROR;
    if (level == SOL_SOCKET && (option == SO_PROTOCOL_INFOA || option == SO_PROTOCOL_INFOW))
        ret = get_protocol_info( call.socket->layer, option, value, len, error );
    else
        ret = call.next->lpWSPGetSockOpt( call.lower, level, option, value, len, error );
    TRACE_CALL( &call, "level %#x option %#x -> %s", level, option, text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

/* The one option that has a socket in its value is the one that must follow AcceptEx(). */
int WSPAPI WSPSetSockOpt( SOCKET s, int level, int option, const char *value, int len, int *error )
{
    struct lsp_socket *listener = NULL;
    const char *lower_value = value;
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPSetSockOpt", s, error )) return SOCKET_ERROR;
    if (level == SOL_SOCKET && option == SO_UPDATE_ACCEPT_CONTEXT && value && len >= (int)sizeof(SOCKET))
        listener = socket_acquire( *(const SOCKET *)value );
    if (listener) lower_value = (const char *)&listener->lower;
    ret = call.next->lpWSPSetSockOpt( call.lower, level, option, lower_value, len, error );
    if (listener) socket_release( listener );
    TRACE_CALL( &call, "level %#x option %#x -> %s", level, option, text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

/* The layer below puts its ticket into dwProviderReserved. The rest becomes our own entry, so that the other process
 * comes to us first, and its WSPSocket() hands the ticket down. */
int WSPAPI WSPDuplicateSocket( SOCKET s, DWORD process, WSAPROTOCOL_INFOW *info, int *error )
{
    struct call call;
    DWORD ticket;
    int ret;

    if (!call_begin( &call, "WSPDuplicateSocket", s, error )) return SOCKET_ERROR;
    if (!(ret = call.next->lpWSPDuplicateSocket( call.lower, process, info, error )))
    {
        ticket = info->dwProviderReserved;
        *info = call.socket->layer->own_entry;
        info->dwProviderReserved = ticket;
    }
    TRACE_CALL( &call, "process %04lx -> %s", (unsigned long)process, text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

/* WSPEventSelect() and WSPAsyncSelect() end each other. */
int WSPAPI WSPEventSelect( SOCKET s, WSAEVENT event, LONG events, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPEventSelect", s, error )) return SOCKET_ERROR;
    if (!(ret = call.next->lpWSPEventSelect( call.lower, event, events, error ))) async_select_end( call.socket );
    TRACE_CALL( &call, "events %#lx -> %s", (unsigned long)events, text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPEnumNetworkEvents( SOCKET s, WSAEVENT event, WSANETWORKEVENTS *events, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPEnumNetworkEvents", s, error )) return SOCKET_ERROR;
    if ((ret = call.next->lpWSPEnumNetworkEvents( call.lower, event, events, error )))
        TRACE_CALL( &call, "-> %s", text_error( *error ).str );
    else
        TRACE_CALL( &call, "events %#lx -> 0", (unsigned long)events->lNetworkEvents );
    call_end( &call );
    return ret;
}

BOOL WSPAPI WSPGetQOSByName( SOCKET s, WSABUF *name, QOS *qos, int *error )
{
    struct call call;
    BOOL ret;

    if (!call_begin( &call, "WSPGetQOSByName", s, error )) return FALSE;
    ret = call.next->lpWSPGetQOSByName( call.lower, name, qos, error );
    TRACE_CALL( &call, "-> %s", ret ? "0" : text_error( *error ).str );
    call_end( &call );
    return ret;
}

/* Called from a blocking hook, in the middle of another call of ours: the one to cancel is in the layer below that. */
int WSPAPI WSPCancelBlockingCall( int *error )
{
    struct call *call = call_current();
    int ret = SOCKET_ERROR;

    if (call) ret = call->next->lpWSPCancelBlockingCall( error );
    else *error = WSAEINVAL;
    TRACE( "WSPCancelBlockingCall", call ? call->s : INVALID_SOCKET, "-> %s", text_result( ret, *error ).str );
    return ret;
}

int WSPAPI WSPAddressToString( struct sockaddr *addr, DWORD len, WSAPROTOCOL_INFOW *info, WCHAR *string,
                               DWORD *string_len, int *error )
{
    WSAPROTOCOL_INFOW lower_info;
    struct layer *layer;
    int ret;

    if ((*error = layer_get( info, &layer )))
        ret = SOCKET_ERROR;
    else
    {
        lower_info = layer_lower_info( layer, info );
        ret = layer->lower.lpWSPAddressToString( addr, len, &lower_info, string, string_len, error );
        layer_release( layer );
    }
    TRACE( "WSPAddressToString", INVALID_SOCKET, "%s -> %s", text_address( addr, len ).str,
           text_result( ret, *error ).str );
    return ret;
}

int WSPAPI WSPStringToAddress( WCHAR *string, int family, WSAPROTOCOL_INFOW *info, struct sockaddr *addr, int *len,
                               int *error )
{
    WSAPROTOCOL_INFOW lower_info;
    struct layer *layer;
    int ret;

    if ((*error = layer_get( info, &layer )))
        ret = SOCKET_ERROR;
    else
    {
        lower_info = layer_lower_info( layer, info );
        ret = layer->lower.lpWSPStringToAddress( string, family, &lower_info, addr, len, error );
        layer_release( layer );
    }
    if (ret)
        TRACE( "WSPStringToAddress", INVALID_SOCKET, "family %d -> %s", family, text_error( *error ).str );
    else
        TRACE( "WSPStringToAddress", INVALID_SOCKET, "%s -> 0", text_address( addr, *len ).str );
    return ret;
}
