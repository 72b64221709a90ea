/*
 * select and WSAPoll
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

/* One set of sockets: that of the layer above, and the one that goes below, where lower sockets stand in for ours.
 * The layer above may use sockets of other providers in the same call; these go down as they are. */
struct select_set
{
    fd_set *upper;                  /* NULL if there is none */
    fd_set *lower;
    u_int count;                    /* what the set of the layer above had in the beginning */
    struct lsp_socket **sockets;    /* ours, at their place in the set; NULL at that of others */
};

/* A program can have larger sets than FD_SETSIZE says. */
static BOOL set_begin( struct select_set *set, fd_set *upper )
{
    u_int i;

    memset( set, 0, sizeof(*set) );
    if (!upper) return TRUE;
    set->lower = malloc( offsetof( fd_set, fd_array ) + upper->fd_count * sizeof(SOCKET) );
    set->sockets = malloc( (upper->fd_count + 1) * sizeof(*set->sockets) );
    if (!set->lower || !set->sockets)
    {
        free( set->lower );
        free( set->sockets );
        set->lower = NULL;
        return FALSE;
    }

    set->upper = upper;
    set->count = set->lower->fd_count = upper->fd_count;
    for (i = 0; i < upper->fd_count; ++i)
    {
        set->sockets[i] = socket_acquire( upper->fd_array[i] );
        set->lower->fd_array[i] = set->sockets[i] ? set->sockets[i]->lower : upper->fd_array[i];
    }
    return TRUE;
}

static SOCKET set_upper_socket( const struct select_set *set, SOCKET lower )
{
    u_int i;

    for (i = 0; i < set->count; ++i)
        if (set->sockets[i] && set->sockets[i]->lower == lower) return set->sockets[i]->s;
    return lower;
}

/* The layer above gets what the one below has left in its set, whatever the result of the call is: a socket that is in
 * the set twice may be left in it once, and a set may be emptied by an error. */
static void set_end( struct select_set *set, BOOL called )
{
    u_int i;

    if (!set->upper) return;
    if (called)
    {
        set->upper->fd_count = set->lower->fd_count;
        for (i = 0; i < set->lower->fd_count; ++i)
            set->upper->fd_array[i] = set_upper_socket( set, set->lower->fd_array[i] );
    }
    for (i = 0; i < set->count; ++i)
        if (set->sockets[i]) socket_release( set->sockets[i] );
    free( set->lower );
    free( set->sockets );
}

static long timeout_ms( const struct timeval *timeout )
{
    return timeout ? timeout->tv_sec * 1000 + timeout->tv_usec / 1000 : -1;
}

static u_int set_count( const fd_set *set )
{
    return set ? set->fd_count : 0;
}

/* The first socket that is ours, and whether it is that of an IFS layer: then all of ours are. INVALID_SOCKET if there
 * is none. */
static SOCKET find_own( fd_set *const sets[3], BOOL *is_ifs )
{
    struct lsp_socket *socket;
    unsigned int i;
    SOCKET s;
    u_int j;

    for (i = 0; i < 3; ++i)
    {
        for (j = 0; j < set_count( sets[i] ); ++j)
        {
            s = sets[i]->fd_array[j];
            if (!(socket = socket_acquire( s ))) continue;
            *is_ifs = socket->layer->is_ifs;
            socket_release( socket );
            return s;
        }
    }
    *is_ifs = FALSE;
    return INVALID_SOCKET;
}

/* The call goes to the layer below that of s. */
static BOOL select_below( SOCKET s, fd_set *const lower[3], int count, const struct timeval *timeout, int *ret,
                          int *error )
{
    u_int counts[] = {set_count( lower[0] ), set_count( lower[1] ), set_count( lower[2] )};
    struct call call;

    if (!call_begin( &call, "WSPSelect", s, error )) return FALSE;
    *ret = call.next->lpWSPSelect( count, lower[0], lower[1], lower[2], (struct timeval *)timeout, error );
    TRACE_CALL( &call, "%u read %u write %u except timeout %ld -> %s", counts[0], counts[1], counts[2],
                timeout_ms( timeout ), text_result( *ret, *error ).str );
    call_end( &call );
    return TRUE;
}

/* What is one set above is one set below: programs use the same for reading and writing. */
static int select_translated( SOCKET s, fd_set *const upper[3], int count, const struct timeval *timeout, int *error )
{
    BOOL done = TRUE, any = FALSE, called = FALSE;
    int i, same, ret = SOCKET_ERROR;
    struct select_set sets[3];
    fd_set *lower[3];

    for (i = 0; i < 3; ++i)
    {
        for (same = 0; upper[same] != upper[i]; ++same) continue;
        if (!set_begin( &sets[i], same == i ? upper[i] : NULL )) done = FALSE;
        if (set_count( upper[i] )) any = TRUE;
        lower[i] = sets[same].lower;
    }
    if (!done) *error = WSAENOBUFS;
    else if (!any) *error = WSAEINVAL;
    else called = select_below( s, lower, count, timeout, &ret, error );

    for (i = 0; i < 3; ++i) set_end( &sets[i], called );
    return ret;
}

/* nfds is for programs from elsewhere, and counts nothing here. The sockets of an IFS layer are the same below. */
int WSPAPI WSPSelect( int nfds, fd_set *read, fd_set *write, fd_set *except, const struct timeval *timeout, int *error )
{
    fd_set *const sets[] = {read, write, except};
    int ret = SOCKET_ERROR;
    BOOL is_ifs;
    SOCKET s = find_own( sets, &is_ifs );

    if (is_ifs) select_below( s, sets, nfds, timeout, &ret, error );
    else ret = select_translated( s, sets, nfds, timeout, error );
    return ret;
}

static BOOL is_complete( const WSAPOLLDATA *data, DWORD size )
{
    if (!data || size < offsetof( WSAPOLLDATA, fdArray )) return FALSE;
    return data->fds <= (size - offsetof( WSAPOLLDATA, fdArray )) / sizeof(WSAPOLLFD);
}

static int poll_below( const struct call *call, WSAPOLLDATA *data, DWORD size, int *error )
{
    DWORD ret_size;

    return call->next->lpWSPIoctl( call->lower, SIO_EXT_POLL, data, size, data, size, &ret_size, NULL, NULL, NULL,
                                   error );
}

static int poll_translated( const struct call *call, WSAPOLLDATA *data, DWORD size, int *error )
{
    struct lsp_socket **sockets = NULL;
    WSAPOLLDATA *lower = NULL;
    int ret = SOCKET_ERROR;
    ULONG i;

    *error = WSAENOBUFS;
    if ((lower = malloc( size )) && (sockets = malloc( (data->fds + 1) * sizeof(*sockets) )))
    {
        memcpy( lower, data, size );
        for (i = 0; i < data->fds; ++i)
            if ((sockets[i] = socket_acquire( data->fdArray[i].fd ))) lower->fdArray[i].fd = sockets[i]->lower;

        ret = poll_below( call, lower, size, error );
        data->result = lower->result;
        for (i = 0; i < data->fds; ++i)
        {
            data->fdArray[i].revents = lower->fdArray[i].revents;
            if (sockets[i]) socket_release( sockets[i] );
        }
    }
    free( sockets );
    free( lower );
    return ret;
}

/* The buffer is both in and out (§8 of the specification digest). */
int poll_sockets( struct call *call, WSAPOLLDATA *data, DWORD size, DWORD *ret_size, int *error )
{
    int ret;

    if (!is_complete( data, size ))
    {
        *error = WSAEFAULT;
        TRACE_CALL( call, "SIO_EXT_POLL -> WSAEFAULT" );
        return SOCKET_ERROR;
    }

    if (call->socket->layer->is_ifs) ret = poll_below( call, data, size, error );
    else ret = poll_translated( call, data, size, error );
    if (ret_size) *ret_size = size;
    TRACE_CALL( call, "SIO_EXT_POLL %lu sockets timeout %d -> %s", (unsigned long)data->fds, data->timeout,
                text_result( ret ? ret : data->result, *error ).str );
    return ret;
}
