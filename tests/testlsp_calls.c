/*
 * Test provider: the functions of its table
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

#include "testlsp_private.h"

/* Each function records its arguments without lpErrno, as far as the test wants to see them: of buffers the first
 * one's address and length, of overlapped calls the OVERLAPPED and the routine. */

/* The first buffer, if there is one: the pointer came from the application unread. */
static WSABUF first_buffer( const WSABUF *buffers, DWORD count )
{
    WSABUF none = {0};

    return count && (ULONG_PTR)buffers > 0xffff ? *buffers : none;
}

static SOCKET WSPAPI layer_accept( SOCKET s, struct sockaddr *addr, int *len, LPCONDITIONPROC condition,
                                   DWORD_PTR context, int *error )
{
    struct call call;
    SOCKET ret;

    RECORD( TESTLSP_ACCEPT, s, P(addr), P(len), P(condition), context );
    if (!begin_call( &call, TESTLSP_ACCEPT, s, error )) return INVALID_SOCKET;
    ret = add_socket( call.instance, call.lower->lpWSPAccept( call.s, addr, len, condition, context, error ), error );
    return end_call_socket( &call, ret, error );
}

static INT WSPAPI layer_address_to_string( struct sockaddr *addr, DWORD addr_len, WSAPROTOCOL_INFOW *info,
                                           WCHAR *string, DWORD *len, int *error )
{
    struct call call;

    RECORD( TESTLSP_ADDRESS_TO_STRING, P(addr), addr_len, info ? info->dwCatalogEntryId : 0, P(string), P(len) );
    if (!begin_call_info( &call, TESTLSP_ADDRESS_TO_STRING, info, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPAddressToString( addr, addr_len, &call.instance->lower_info, string, len,
                                                              error ), error );
}

static int WSPAPI layer_async_select( SOCKET s, HWND hwnd, unsigned int message, LONG events, int *error )
{
    struct call call;

    RECORD( TESTLSP_ASYNC_SELECT, s, P(hwnd), message, events );
    if (!begin_call( &call, TESTLSP_ASYNC_SELECT, s, error )) return SOCKET_ERROR;
    if (!call.instance->ifs)
    {
        call.socket->window = hwnd;
        call.socket->message = message;
        hwnd = get_event_window();
        message = WM_APP;
    }
    return end_call( &call, call.lower->lpWSPAsyncSelect( call.s, hwnd, message, events, error ), error );
}

static int WSPAPI layer_bind( SOCKET s, const struct sockaddr *addr, int len, int *error )
{
    struct call call;

    RECORD( TESTLSP_BIND, s, P(addr), len );
    if (!begin_call( &call, TESTLSP_BIND, s, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPBind( call.s, addr, len, error ), error );
}

static int WSPAPI layer_cancel_blocking_call( int *error )
{
    struct testlsp_instance *instance = current_instance();

    record_args( TESTLSP_CANCEL_BLOCKING_CALL, NULL, 0 );
    if (instance) return instance->lower.lpWSPCancelBlockingCall( error );
    *error = WSAEINVAL;
    return SOCKET_ERROR;
}

static int WSPAPI layer_close_socket( SOCKET s, int *error )
{
    struct call call;

    RECORD( TESTLSP_CLOSE_SOCKET, s );
    if (!begin_call( &call, TESTLSP_CLOSE_SOCKET, s, error )) return SOCKET_ERROR;
    return end_call( &call, close_socket( &call, error ), error );
}

static int WSPAPI layer_connect( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data,
                                 WSABUF *callee_data, QOS *socket_qos, QOS *group_qos, int *error )
{
    struct call call;

    RECORD( TESTLSP_CONNECT, s, P(addr), len, P(caller_data), P(callee_data), P(socket_qos), P(group_qos) );
    if (!begin_call( &call, TESTLSP_CONNECT, s, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPConnect( call.s, addr, len, caller_data, callee_data, socket_qos,
                                                      group_qos, error ), error );
}

/* The structure that goes up names our entry, with the ticket of the layer below. */
static int WSPAPI layer_duplicate_socket( SOCKET s, DWORD process, WSAPROTOCOL_INFOW *info, int *error )
{
    WSAPROTOCOL_INFOW lower_info;
    struct call call;
    int ret;

    RECORD( TESTLSP_DUPLICATE_SOCKET, s, process, P(info) );
    if (!begin_call( &call, TESTLSP_DUPLICATE_SOCKET, s, error )) return SOCKET_ERROR;
    if (!(ret = call.lower->lpWSPDuplicateSocket( call.s, process, &lower_info, error )))
    {
        *info = call.instance->info;
        info->dwProviderReserved = lower_info.dwProviderReserved;
    }
    return end_call( &call, ret, error );
}

static int WSPAPI layer_enum_network_events( SOCKET s, WSAEVENT event, WSANETWORKEVENTS *events, int *error )
{
    struct call call;

    RECORD( TESTLSP_ENUM_NETWORK_EVENTS, s, P(event), P(events) );
    if (!begin_call( &call, TESTLSP_ENUM_NETWORK_EVENTS, s, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPEnumNetworkEvents( call.s, event, events, error ), error );
}

static int WSPAPI layer_event_select( SOCKET s, WSAEVENT event, LONG events, int *error )
{
    struct call call;

    RECORD( TESTLSP_EVENT_SELECT, s, P(event), events );
    if (!begin_call( &call, TESTLSP_EVENT_SELECT, s, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPEventSelect( call.s, event, events, error ), error );
}

static BOOL WSPAPI layer_get_overlapped_result( SOCKET s, OVERLAPPED *overlapped, DWORD *bytes, BOOL wait,
                                                DWORD *flags, int *error )
{
    struct call call;
    BOOL ret;

    RECORD( TESTLSP_GET_OVERLAPPED_RESULT, s, P(overlapped), P(bytes), wait, P(flags) );
    if (!begin_call( &call, TESTLSP_GET_OVERLAPPED_RESULT, s, error )) return FALSE;
    if (call.instance->ifs)
        ret = call.lower->lpWSPGetOverlappedResult( call.s, overlapped, bytes, wait, flags, error );
    else
        ret = get_request_result( overlapped, bytes, wait, flags, error );
    return end_call_bool( &call, ret, error );
}

static int WSPAPI layer_get_peer_name( SOCKET s, struct sockaddr *addr, int *len, int *error )
{
    struct call call;

    RECORD( TESTLSP_GET_PEER_NAME, s, P(addr), P(len) );
    if (!begin_call( &call, TESTLSP_GET_PEER_NAME, s, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPGetPeerName( call.s, addr, len, error ), error );
}

static int WSPAPI layer_get_sock_name( SOCKET s, struct sockaddr *addr, int *len, int *error )
{
    struct call call;

    RECORD( TESTLSP_GET_SOCK_NAME, s, P(addr), P(len) );
    if (!begin_call( &call, TESTLSP_GET_SOCK_NAME, s, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPGetSockName( call.s, addr, len, error ), error );
}

static int WSPAPI layer_get_sock_opt( SOCKET s, int level, int name, char *value, int *len, int *error )
{
    struct call call;
    int ret;

    RECORD( TESTLSP_GET_SOCK_OPT, s, level, name, P(value), P(len) );
    if (control.claim) claim_socket( s );
    if (!begin_call( &call, TESTLSP_GET_SOCK_OPT, s, error )) return SOCKET_ERROR;
    ret = call.lower->lpWSPGetSockOpt( call.s, level, name, value, len, error );
    if (!ret && level == SOL_SOCKET && name == SO_PROTOCOL_INFOW) *(WSAPROTOCOL_INFOW *)value = call.instance->info;
    return end_call( &call, ret, error );
}

static BOOL WSPAPI layer_get_qos_by_name( SOCKET s, WSABUF *name, QOS *qos, int *error )
{
    struct call call;

    RECORD( TESTLSP_GET_QOS_BY_NAME, s, P(name), P(qos) );
    if (!begin_call( &call, TESTLSP_GET_QOS_BY_NAME, s, error )) return FALSE;
    return end_call_bool( &call, call.lower->lpWSPGetQOSByName( call.s, name, qos, error ), error );
}

static SOCKET WSPAPI layer_join_leaf( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data,
                                      WSABUF *callee_data, QOS *socket_qos, QOS *group_qos, DWORD flags, int *error )
{
    struct call call;
    SOCKET ret;

    RECORD( TESTLSP_JOIN_LEAF, s, P(addr), len, P(caller_data), P(callee_data), P(socket_qos), P(group_qos), flags );
    if (!begin_call( &call, TESTLSP_JOIN_LEAF, s, error )) return INVALID_SOCKET;
    ret = call.lower->lpWSPJoinLeaf( call.s, addr, len, caller_data, callee_data, socket_qos, group_qos, flags,
                                     error );
    if (ret == call.s) ret = s;
    else ret = add_socket( call.instance, ret, error );
    return end_call_socket( &call, ret, error );
}

static int WSPAPI layer_listen( SOCKET s, int backlog, int *error )
{
    struct call call;

    RECORD( TESTLSP_LISTEN, s, backlog );
    if (!begin_call( &call, TESTLSP_LISTEN, s, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPListen( call.s, backlog, error ), error );
}

static int WSPAPI layer_recv( SOCKET s, WSABUF *buffers, DWORD count, DWORD *bytes, DWORD *flags,
                              OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                              WSATHREADID *thread, int *error )
{
    WSABUF buffer = first_buffer( buffers, count );
    struct request *request;
    struct call call;
    int ret;

    RECORD( TESTLSP_RECV, s, P(buffer.buf), buffer.len, count, P(flags), P(overlapped), P(routine), P(thread) );
    record_thread( thread );
    if (!begin_call( &call, TESTLSP_RECV, s, error )) return SOCKET_ERROR;
    if (!overlapped || call.instance->ifs)
        return end_call( &call, call.lower->lpWSPRecv( call.s, buffers, count, bytes, flags, overlapped, routine,
                                                       thread, error ), error );

    if (!(request = begin_request( &call, overlapped, routine, thread, error )))
        return end_call( &call, SOCKET_ERROR, error );
    request->flags = *flags;
    ret = call.lower->lpWSPRecv( call.s, buffers, count, &request->bytes, &request->flags, &request->overlapped,
                                 NULL, &request->thread, error );
    return end_request( &call, request, ret, error );
}

static int WSPAPI layer_recv_disconnect( SOCKET s, WSABUF *data, int *error )
{
    struct call call;

    RECORD( TESTLSP_RECV_DISCONNECT, s, P(data) );
    if (!begin_call( &call, TESTLSP_RECV_DISCONNECT, s, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPRecvDisconnect( call.s, data, error ), error );
}

static int WSPAPI layer_recv_from( SOCKET s, WSABUF *buffers, DWORD count, DWORD *bytes, DWORD *flags,
                                   struct sockaddr *addr, int *len, OVERLAPPED *overlapped,
                                   LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error )
{
    WSABUF buffer = first_buffer( buffers, count );
    struct request *request;
    struct call call;
    int ret;

    RECORD( TESTLSP_RECV_FROM, s, P(buffer.buf), buffer.len, count, P(addr), P(len), P(overlapped), P(routine) );
    if (!begin_call( &call, TESTLSP_RECV_FROM, s, error )) return SOCKET_ERROR;
    if (!overlapped || call.instance->ifs)
        return end_call( &call, call.lower->lpWSPRecvFrom( call.s, buffers, count, bytes, flags, addr, len, overlapped,
                                                           routine, thread, error ), error );

    if (!(request = begin_request( &call, overlapped, routine, thread, error )))
        return end_call( &call, SOCKET_ERROR, error );
    request->flags = *flags;
    ret = call.lower->lpWSPRecvFrom( call.s, buffers, count, &request->bytes, &request->flags, addr, len,
                                     &request->overlapped, NULL, &request->thread, error );
    return end_request( &call, request, ret, error );
}

static int WSPAPI layer_send( SOCKET s, WSABUF *buffers, DWORD count, DWORD *bytes, DWORD flags,
                              OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                              WSATHREADID *thread, int *error )
{
    WSABUF buffer = first_buffer( buffers, count );
    struct request *request;
    struct call call;
    int ret;

    RECORD( TESTLSP_SEND, s, P(buffer.buf), buffer.len, count, flags, P(overlapped), P(routine), P(thread) );
    record_thread( thread );
    if (!begin_call( &call, TESTLSP_SEND, s, error )) return SOCKET_ERROR;
    if (!overlapped || call.instance->ifs)
        return end_call( &call, call.lower->lpWSPSend( call.s, buffers, count, bytes, flags, overlapped, routine,
                                                       thread, error ), error );

    if (!(request = begin_request( &call, overlapped, routine, thread, error )))
        return end_call( &call, SOCKET_ERROR, error );
    ret = call.lower->lpWSPSend( call.s, buffers, count, &request->bytes, flags, &request->overlapped, NULL,
                                 &request->thread, error );
    return end_request( &call, request, ret, error );
}

static int WSPAPI layer_send_disconnect( SOCKET s, WSABUF *data, int *error )
{
    struct call call;

    RECORD( TESTLSP_SEND_DISCONNECT, s, P(data) );
    if (!begin_call( &call, TESTLSP_SEND_DISCONNECT, s, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPSendDisconnect( call.s, data, error ), error );
}

static int WSPAPI layer_send_to( SOCKET s, WSABUF *buffers, DWORD count, DWORD *bytes, DWORD flags,
                                 const struct sockaddr *addr, int len, OVERLAPPED *overlapped,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error )
{
    WSABUF buffer = first_buffer( buffers, count );
    struct request *request;
    struct call call;
    int ret;

    RECORD( TESTLSP_SEND_TO, s, P(buffer.buf), buffer.len, count, flags, P(addr), len, P(overlapped) );
    if (!begin_call( &call, TESTLSP_SEND_TO, s, error )) return SOCKET_ERROR;
    if (!overlapped || call.instance->ifs)
        return end_call( &call, call.lower->lpWSPSendTo( call.s, buffers, count, bytes, flags, addr, len, overlapped,
                                                         routine, thread, error ), error );

    if (!(request = begin_request( &call, overlapped, routine, thread, error )))
        return end_call( &call, SOCKET_ERROR, error );
    ret = call.lower->lpWSPSendTo( call.s, buffers, count, &request->bytes, flags, addr, len, &request->overlapped,
                                   NULL, &request->thread, error );
    return end_request( &call, request, ret, error );
}

static int WSPAPI layer_set_sock_opt( SOCKET s, int level, int name, const char *value, int len, int *error )
{
    struct layer_socket *listener;
    struct call call;

    RECORD( TESTLSP_SET_SOCK_OPT, s, level, name, P(value), len );
    if (!begin_call( &call, TESTLSP_SET_SOCK_OPT, s, error )) return SOCKET_ERROR;
    if (level == SOL_SOCKET && name == SO_UPDATE_ACCEPT_CONTEXT && len == sizeof(SOCKET) &&
        (listener = find_socket( *(SOCKET *)value ))) value = (const char *)&listener->lower;
    return end_call( &call, call.lower->lpWSPSetSockOpt( call.s, level, name, value, len, error ), error );
}

static int WSPAPI layer_shutdown( SOCKET s, int how, int *error )
{
    struct call call;

    RECORD( TESTLSP_SHUTDOWN, s, how );
    if (!begin_call( &call, TESTLSP_SHUTDOWN, s, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPShutdown( call.s, how, error ), error );
}

static SOCKET WSPAPI layer_socket( int af, int type, int protocol, WSAPROTOCOL_INFOW *info, GROUP group, DWORD flags,
                                   int *error )
{
    WSAPROTOCOL_INFOW lower_info;
    struct call call;
    SOCKET ret;

    RECORD( TESTLSP_SOCKET, af, type, protocol, info ? info->dwCatalogEntryId : 0,
            info ? info->dwProviderReserved : 0, group, flags );
    if (!begin_call_info( &call, TESTLSP_SOCKET, info, error )) return INVALID_SOCKET;
    lower_info = call.instance->lower_info;
    lower_info.dwProviderReserved = info->dwProviderReserved;
    if (!call.instance->ifs) flags |= WSA_FLAG_OVERLAPPED;
    ret = call.lower->lpWSPSocket( af, type, protocol, &lower_info, group, flags, error );
    return end_call_socket( &call, add_socket( call.instance, ret, error ), error );
}

static INT WSPAPI layer_string_to_address( WCHAR *string, INT af, WSAPROTOCOL_INFOW *info, struct sockaddr *addr,
                                           int *len, int *error )
{
    struct call call;

    RECORD( TESTLSP_STRING_TO_ADDRESS, P(string), af, info ? info->dwCatalogEntryId : 0, P(addr), P(len) );
    if (!begin_call_info( &call, TESTLSP_STRING_TO_ADDRESS, info, error )) return SOCKET_ERROR;
    return end_call( &call, call.lower->lpWSPStringToAddress( string, af, &call.instance->lower_info, addr, len,
                                                              error ), error );
}

const WSPPROC_TABLE layer_procs =
{
    .lpWSPAccept = layer_accept,
    .lpWSPAddressToString = layer_address_to_string,
    .lpWSPAsyncSelect = layer_async_select,
    .lpWSPBind = layer_bind,
    .lpWSPCancelBlockingCall = layer_cancel_blocking_call,
    .lpWSPCleanup = layer_cleanup,
    .lpWSPCloseSocket = layer_close_socket,
    .lpWSPConnect = layer_connect,
    .lpWSPDuplicateSocket = layer_duplicate_socket,
    .lpWSPEnumNetworkEvents = layer_enum_network_events,
    .lpWSPEventSelect = layer_event_select,
    .lpWSPGetOverlappedResult = layer_get_overlapped_result,
    .lpWSPGetPeerName = layer_get_peer_name,
    .lpWSPGetSockName = layer_get_sock_name,
    .lpWSPGetSockOpt = layer_get_sock_opt,
    .lpWSPGetQOSByName = layer_get_qos_by_name,
    .lpWSPIoctl = layer_ioctl,
    .lpWSPJoinLeaf = layer_join_leaf,
    .lpWSPListen = layer_listen,
    .lpWSPRecv = layer_recv,
    .lpWSPRecvDisconnect = layer_recv_disconnect,
    .lpWSPRecvFrom = layer_recv_from,
    .lpWSPSelect = layer_select,
    .lpWSPSend = layer_send,
    .lpWSPSendDisconnect = layer_send_disconnect,
    .lpWSPSendTo = layer_send_to,
    .lpWSPSetSockOpt = layer_set_sock_opt,
    .lpWSPShutdown = layer_shutdown,
    .lpWSPSocket = layer_socket,
    .lpWSPStringToAddress = layer_string_to_address,
};
