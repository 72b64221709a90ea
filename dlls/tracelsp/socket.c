/*
 * Our sockets, and the calls on them
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

/* The table of open sockets. A non-IFS one is known by its context, which Winsock keeps for us, an IFS one by its
 * handle. Why not use the context at once? Between the answer of WPUQuerySocketHandleContext() and our use of it
 * another thread may close the socket; and Winsock also answers for the handle of another non-IFS layer, with the
 * context of that one. So a context counts only when the table has it. */
#define BUCKET_COUNT 256

static SRWLOCK table_lock = SRWLOCK_INIT;   /* guards the buckets; no call is made while it is held */
static struct lsp_socket *buckets[BUCKET_COUNT];

static DWORD call_tls = TLS_OUT_OF_INDEXES;

BOOL calls_init(void)
{
    return (call_tls = TlsAlloc()) != TLS_OUT_OF_INDEXES;
}

void calls_uninit(void)
{
    TlsFree( call_tls );
}

static struct lsp_socket **get_bucket( DWORD_PTR key )
{
    return &buckets[(key >> 2 ^ key >> 10) % BUCKET_COUNT];
}

static struct lsp_socket **find_key( DWORD_PTR key )
{
    struct lsp_socket **link;

    for (link = get_bucket( key ); *link; link = &(*link)->next)
        if ((*link)->key == key) break;
    return link;
}

static void insert( struct lsp_socket *socket )
{
    struct lsp_socket **bucket = get_bucket( socket->key );

    socket->next = *bucket;
    *bucket = socket;
}

/* A program that closes a socket with CloseHandle() goes past Winsock, and the handle of an IFS socket may return as
 * that of a new one: then the old one is gone. */
static void add_socket( struct lsp_socket *socket )
{
    struct lsp_socket **link, *stale;

    AcquireSRWLockExclusive( &table_lock );
    link = find_key( socket->key );
    if ((stale = *link)) *link = stale->next;
    insert( socket );
    ReleaseSRWLockExclusive( &table_lock );
    if (stale) socket_release( stale );
}

SOCKET socket_create( struct layer *layer, SOCKET lower, int *error )
{
    DWORD id = layer->own_entry.dwCatalogEntryId;
    struct lsp_socket *socket;
    SOCKET s = INVALID_SOCKET;
    int ignored;

    if (!(socket = calloc( 1, sizeof(*socket) )))
        *error = WSAENOBUFS;
    else if (layer->is_ifs)
        s = upcalls.lpWPUModifyIFSHandle( id, lower, error );
    else
        s = upcalls.lpWPUCreateSocketHandle( id, (DWORD_PTR)socket, error );

    if (s == INVALID_SOCKET)
    {
        layer->lower.lpWSPCloseSocket( lower, &ignored );
        free( socket );
        return INVALID_SOCKET;
    }

    socket->refs = 1;
    socket->s = s;
    socket->lower = layer->is_ifs ? s : lower;
    socket->key = layer->is_ifs ? s : (DWORD_PTR)socket;
    socket->layer = layer;
    layer_acquire( layer );
    add_socket( socket );
    return s;
}

struct lsp_socket *socket_acquire( SOCKET s )
{
    struct lsp_socket *socket;
    DWORD_PTR key;
    int ignored;

    if (upcalls.lpWPUQuerySocketHandleContext( s, &key, &ignored )) key = s;

    AcquireSRWLockShared( &table_lock );
    socket = *find_key( key );
    if (socket && socket->s != s) socket = NULL;
    if (socket) InterlockedIncrement( &socket->refs );
    ReleaseSRWLockShared( &table_lock );
    return socket;
}

/* Winsock keeps a non-IFS handle until we say that nothing is left to complete on it, which may be long after
 * WSPCloseSocket(). The handle of an IFS socket is gone since then. */
void socket_release( struct lsp_socket *socket )
{
    int ignored;

    if (InterlockedDecrement( &socket->refs )) return;
    async_select_end( socket );
    if (!socket->layer->is_ifs) upcalls.lpWPUCloseSocketHandle( socket->s, &ignored );
    layer_release( socket->layer );
    free( socket );
}

BOOL socket_close( struct lsp_socket *socket )
{
    struct lsp_socket **link;
    BOOL found;

    AcquireSRWLockExclusive( &table_lock );
    link = find_key( socket->key );
    if ((found = *link == socket)) *link = socket->next;
    ReleaseSRWLockExclusive( &table_lock );
    return found;
}

/* If the handle has become another socket's meanwhile, that one stays. */
void socket_reopen( struct lsp_socket *socket )
{
    BOOL taken;

    AcquireSRWLockExclusive( &table_lock );
    if (!(taken = *find_key( socket->key ) != NULL)) insert( socket );
    ReleaseSRWLockExclusive( &table_lock );
    if (taken) socket_release( socket );
}

static struct lsp_socket *remove_any_socket(void)
{
    struct lsp_socket *socket = NULL;
    unsigned int i;

    AcquireSRWLockExclusive( &table_lock );
    for (i = 0; i < BUCKET_COUNT && !socket; ++i)
    {
        if (!(socket = buckets[i])) continue;
        buckets[i] = socket->next;
    }
    ReleaseSRWLockExclusive( &table_lock );
    return socket;
}

void sockets_stop(void)
{
    struct lsp_socket *socket;
    int ignored;

    while ((socket = remove_any_socket()))
    {
        socket->layer->lower.lpWSPCloseSocket( socket->lower, &ignored );
        socket_release( socket );
    }
}

BOOL call_begin( struct call *call, const char *name, SOCKET s, int *error )
{
    DWORD last_error = GetLastError();

    call->name = name;
    call->s = s;
    if (!(call->socket = socket_acquire( s )))
    {
        *error = WSAENOTSOCK;
        TRACE( name, s, "-> WSAENOTSOCK" );
        return FALSE;
    }
    call->lower = call->socket->lower;
    call->next = &call->socket->layer->lower;
    call->outer = TlsGetValue( call_tls );
    TlsSetValue( call_tls, call );
    SetLastError( last_error );
    return TRUE;
}

void call_end( struct call *call )
{
    DWORD last_error = GetLastError();

    TlsSetValue( call_tls, call->outer );
    socket_release( call->socket );
    SetLastError( last_error );
}

struct call *call_current(void)
{
    return TlsGetValue( call_tls );
}
