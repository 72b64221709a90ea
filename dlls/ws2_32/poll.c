/*
 * Calls for several sockets, and their claims
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

/* WSAPoll, WSASendMsg, and select with sockets of several providers reach a layer only if it claims them: asked by one
 * of the SIO_BSP_HANDLE controls it answers with its own handle; one that does not care passes the question down and
 * the base answers (§8). The call then goes to the owner of the handle that came back. A select with sockets of one
 * provider is what WSPSelect is made for, and layers older than these controls count on it. SIO_EXT_POLL they do not
 * know, and would pass down with their own handles in it.
 *
 * SIO_QUERY_TARGET_PNP_HANDLE is never asked here. Windows needs it to register device notifications for a non-IFS
 * handle; Wine's RegisterDeviceNotification() does not come to Winsock. */

/* The handle that a call for s is to be made with. The size that comes back is not looked at: a known layer
 * does not set it. */
static SOCKET resolve_handle( SOCKET s, DWORD code )
{
    struct provider *provider = socket_table_provider( s );
    SOCKET handle = INVALID_SOCKET;
    DWORD size = 0;
    int error;

    if (!provider || provider->is_base || !(provider = find_socket_provider( s ))) return s;
    if (provider->procs.lpWSPIoctl( s, code, NULL, 0, &handle, sizeof(handle), &size, NULL, NULL, NULL, &error ))
        return s;
    return handle == INVALID_SOCKET ? s : handle;
}

static SIZE_T fd_set_size( const fd_set *set )
{
    return offsetof( fd_set, fd_array[set->fd_count] );
}

/* One of the sets of a select call: the application's, and what goes to the provider. */
struct select_set
{
    fd_set *app;
    fd_set *sockets;    /* the application's sockets, as they were */
    fd_set *handles;    /* the handles they stand for */
};

/* Returns FALSE without memory. *changed tells that some socket is not its own handle. */
static BOOL resolve_set( struct select_set *set, BOOL *changed )
{
    unsigned int i;

    if (!set->app) return TRUE;
    if (!(set->sockets = malloc( fd_set_size( set->app ) ))) return FALSE;
    if (!(set->handles = malloc( fd_set_size( set->app ) ))) return FALSE;
    memcpy( set->sockets, set->app, fd_set_size( set->app ) );
    set->handles->fd_count = set->sockets->fd_count;
    for (i = 0; i < set->sockets->fd_count; ++i)
    {
        set->handles->fd_array[i] = resolve_handle( set->sockets->fd_array[i], SIO_BSP_HANDLE_SELECT );
        if (set->handles->fd_array[i] != set->sockets->fd_array[i]) *changed = TRUE;
    }
    return TRUE;
}

/* Gives the application its own sockets back in place of the handles that are ready. The provider has reduced
 * handles, so what each socket stands for is asked of resolved, which it has not seen. */
static int restore_set( struct select_set *set, const fd_set *resolved )
{
    unsigned int i, count = 0;

    if (!set->app) return 0;
    for (i = 0; i < set->sockets->fd_count; ++i)
        if (__WSAFDIsSet( resolved->fd_array[i], set->handles ))
            set->app->fd_array[count++] = set->sockets->fd_array[i];
    return set->app->fd_count = count;
}

/* The first socket of a set, for layered TRUE the first that a layer owns; INVALID_SOCKET without. */
static SOCKET first_socket( const fd_set *set, BOOL layered )
{
    struct provider *provider;
    unsigned int i;

    for (i = 0; set && i < set->fd_count; ++i)
    {
        provider = socket_table_provider( set->fd_array[i] );
        if (!layered || (provider && !provider->is_base)) return set->fd_array[i];
    }
    return INVALID_SOCKET;
}

static SOCKET first_socket_of( const fd_set *read, const fd_set *write, const fd_set *except, BOOL layered )
{
    SOCKET s = first_socket( read, layered );

    if (s == INVALID_SOCKET) s = first_socket( write, layered );
    if (s == INVALID_SOCKET) s = first_socket( except, layered );
    return s;
}

static BOOL is_owned_by( const fd_set *set, const struct provider *provider )
{
    unsigned int i;

    for (i = 0; set && i < set->fd_count; ++i)
        if (socket_table_provider( set->fd_array[i] ) != provider) return FALSE;
    return TRUE;
}

/* Without a layer there is nobody to ask, so a set of sockets of several base providers counts as well. */
static BOOL needs_resolving( const fd_set *read, const fd_set *write, const fd_set *except )
{
    const struct provider *provider = socket_table_provider( first_socket_of( read, write, except, TRUE ) );

    return provider && !(is_owned_by( read, provider ) && is_owned_by( write, provider )
                         && is_owned_by( except, provider ));
}

/* All sockets of a call are one provider's, says the documentation. For mixed sets a layer is the better
 * choice than the base: it hands down what it does not know. */
static int call_select( int count, fd_set *read, fd_set *write, fd_set *except, const struct timeval *timeout,
                        BOOL layered )
{
    struct provider *provider;
    SOCKET s = INVALID_SOCKET;
    int error = 0;

    if (!ensure_started()) return SOCKET_ERROR;
    if (layered) s = first_socket_of( read, write, except, TRUE );
    if (s == INVALID_SOCKET) s = first_socket_of( read, write, except, FALSE );
    if (s == INVALID_SOCKET && !(read && read->fd_count) && !(write && write->fd_count)
        && !(except && except->fd_count))
    {
        SetLastError( WSAEINVAL );
        return SOCKET_ERROR;
    }
    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPSelect( count, read, write, except, timeout, &error ), &error );
}

static int select_handles( int count, struct select_set sets[3], const struct timeval *timeout )
{
    fd_set *resolved[3] = {NULL, NULL, NULL};
    int i, ret = SOCKET_ERROR;

    for (i = 0; i < 3; ++i)
    {
        if (!sets[i].app) continue;
        if (!(resolved[i] = malloc( fd_set_size( sets[i].handles ) )))
        {
            SetLastError( WSAENOBUFS );
            goto done;
        }
        memcpy( resolved[i], sets[i].handles, fd_set_size( sets[i].handles ) );
    }
    ret = call_select( count, sets[0].handles, sets[1].handles, sets[2].handles, timeout, TRUE );
    if (ret == SOCKET_ERROR) goto done;
    for (ret = 0, i = 0; i < 3; ++i) ret += restore_set( &sets[i], resolved[i] );

done:
    for (i = 0; i < 3; ++i) free( resolved[i] );
    return ret;
}

/***********************************************************************
 *      select   (ws2_32.18)
 */
int WINAPI select( int count, fd_set *read, fd_set *write, fd_set *except, const struct timeval *timeout )
{
    struct select_set sets[3] = {{.app = read}, {.app = write}, {.app = except}};
    BOOL changed = FALSE;
    int i, ret;

    TRACE( "read %p, write %p, except %p, timeout %p\n", read, write, except, timeout );

    if (!needs_resolving( read, write, except ))
        return call_select( count, read, write, except, timeout, FALSE );

    if (!enter_providers()) return SOCKET_ERROR;
    if (!resolve_set( &sets[0], &changed ) || !resolve_set( &sets[1], &changed ) || !resolve_set( &sets[2], &changed ))
    {
        SetLastError( WSAENOBUFS );
        ret = SOCKET_ERROR;
    }
    else if (changed)
        ret = select_handles( count, sets, timeout );
    else
        ret = call_select( count, read, write, except, timeout, TRUE );

    for (i = 0; i < 3; ++i)
    {
        free( sets[i].sockets );
        free( sets[i].handles );
    }
    leave_providers();
    return ret;
}

/* The provider that polls: the first layer that owns a handle, for the reason of call_select(), or else the owner of
 * the first handle that has one. Without any, a base provider says of each that it is no socket. */
static struct provider *get_poll_provider( const WSAPOLLDATA *data, SOCKET *s )
{
    struct provider *provider;
    struct selection base;
    ULONG i;

    for (i = 0; i < data->fds; ++i)
    {
        provider = socket_table_provider( *s = data->fdArray[i].fd );
        if (provider && !provider->is_base && (provider = find_socket_provider( *s ))) return provider;
    }
    for (i = 0; i < data->fds; ++i)
        if ((provider = find_socket_provider( *s = data->fdArray[i].fd ))) return provider;

    *s = data->fdArray[0].fd;
    if (!snapshot_select_ifs_base( 0, &base ) || provider_start( base.provider, &base.entry )) return NULL;
    return base.provider;
}

/* The layers that are known want one buffer for input and output, and write to the input (§8). */
static int poll_handles( WSAPOLLDATA *data )
{
    DWORD size = offsetof( WSAPOLLDATA, fdArray[data->fds] ), ret_size = 0;
    struct provider *provider;
    int error = 0;
    SOCKET s;

    if (!(provider = get_poll_provider( data, &s )))
    {
        SetLastError( WSAENOTSOCK );
        return SOCKET_ERROR;
    }
    if (provider->procs.lpWSPIoctl( s, SIO_EXT_POLL, data, size, data, size, &ret_size, NULL, NULL, NULL, &error ))
        data->result = SOCKET_ERROR;
    if (data->result == SOCKET_ERROR) SetLastError( error );
    return data->result;
}

/***********************************************************************
 *      WSAPoll   (ws2_32.@)
 */
int WINAPI WSAPoll( WSAPOLLFD *fds, ULONG count, int timeout )
{
    union
    {
        WSAPOLLDATA data;
        char buffer[1024];
    } local;
    WSAPOLLDATA *data = &local.data;
    SIZE_T size = offsetof( WSAPOLLDATA, fdArray[0] ) + (SIZE_T)count * sizeof(*fds);
    int ret = SOCKET_ERROR;
    ULONG i;

    TRACE( "fds %p, count %lu, timeout %d\n", fds, count, timeout );

    if (!ensure_started()) return SOCKET_ERROR;
    if (!count || !fds)
    {
        SetLastError( count ? WSAEFAULT : WSAEINVAL );
        return SOCKET_ERROR;
    }
    if (count > MAXLONG / sizeof(*fds) || (size > sizeof(local) && !(data = malloc( size ))))
    {
        SetLastError( WSAENOBUFS );
        return SOCKET_ERROR;
    }

    data->result = 0;
    data->fds = count;
    data->timeout = timeout;
    if (!enter_providers()) goto done;
    for (i = 0; i < count; ++i)
    {
        data->fdArray[i] = fds[i];
        data->fdArray[i].fd = resolve_handle( fds[i].fd, SIO_BSP_HANDLE_POLL );
    }
    ret = poll_handles( data );
    for (i = 0; i < count; ++i) fds[i].revents = data->fdArray[i].revents;
    leave_providers();

done:
    if (data != &local.data) free( data );
    return ret;
}

/***********************************************************************
 *      WSASendMsg   (ws2_32.@)
 *
 * The overlapped arguments travel in the structure; the control itself is synchronous.
 */
int WINAPI WSASendMsg( SOCKET s, WSAMSG *msg, DWORD flags, DWORD *sent, OVERLAPPED *overlapped,
                       LPWSAOVERLAPPED_COMPLETION_ROUTINE completion )
{
    WSASENDMSG params =
    {
        .lpMsg = msg,
        .dwFlags = flags,
        .lpNumberOfBytesSent = sent,
        .lpOverlapped = overlapped,
        .lpCompletionRoutine = completion,
    };
    struct provider *provider;
    DWORD code = 0, size = 0;
    int error = 0;

    TRACE( "socket %#Ix, msg %p, flags %#lx, sent %p, overlapped %p, completion %p\n",
           s, msg, flags, sent, overlapped, completion );

    if (!begin_call( s )) return SOCKET_ERROR;
    s = resolve_handle( s, SIO_BSP_HANDLE );
    provider = begin_call( s );
    leave_providers();
    if (!provider) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPIoctl( s, SIO_EXT_SENDMSG, &params, sizeof(params), &code, sizeof(code),
                                                 &size, NULL, NULL, overlapped ? get_thread_id() : NULL, &error ),
                     &error );
}

/***********************************************************************
 *      __WSAFDIsSet   (ws2_32.151)
 */
int WINAPI __WSAFDIsSet( SOCKET s, fd_set *set )
{
    unsigned int i;

    for (i = 0; i < set->fd_count; ++i)
        if (set->fd_array[i] == s) return 1;
    return 0;
}
