/*
 * Modes of sockets
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

#include "mswsock_private.h"

/* Wine's Winsock cannot be asked whether a socket is non-blocking, nor whether it was made with WSA_FLAG_OVERLAPPED,
 * and to ask for the family costs wineserver calls. A SOCKET is a wineserver handle: small, dense, a multiple of 4, and
 * reused at once. So there is a byte for each, found by index without a lock; pages come with the first socket that has
 * something to remember, and stay until the DLL is unloaded. */

#define PAGE_SLOTS 4096
#define MAX_PAGES  4096     /* 16 million handles, more than the wineserver gives to a process */

#define NONBLOCKING 1
#define SYNCHRONOUS 2
#define LEARNED     4
#define IPV4        8
#define MADE        16

static unsigned char *pages[MAX_PAGES];

/* The page of a socket, or NULL: there is none, and for make TRUE no memory either. */
static unsigned char *get_page( SOCKET s, BOOL make )
{
    ULONG_PTR index = (s >> 2) / PAGE_SLOTS;
    unsigned char *page, *old;

    if (index >= MAX_PAGES) return NULL;
    if ((page = read_pointer_acquire( (void **)&pages[index] )) || !make) return page;
    if (!(page = calloc( PAGE_SLOTS, 1 ))) return NULL;
    if (!(old = InterlockedCompareExchangePointer( (void **)&pages[index], page, NULL ))) return page;
    free( page );
    return old;
}

static BOOL get_flag( SOCKET s, unsigned char flag )
{
    const unsigned char *page = get_page( s, FALSE );

    return page && (__atomic_load_n( &page[(s >> 2) % PAGE_SLOTS], __ATOMIC_RELAXED ) & flag);
}

static void set_flag( SOCKET s, unsigned char flag, BOOL value )
{
    unsigned char *page = get_page( s, value );

    if (!page) return;
    if (value) __atomic_fetch_or( &page[(s >> 2) % PAGE_SLOTS], flag, __ATOMIC_RELAXED );
    else __atomic_fetch_and( &page[(s >> 2) % PAGE_SLOTS], ~flag, __ATOMIC_RELAXED );
}

BOOL nonblocking_get( SOCKET s )
{
    return get_flag( s, NONBLOCKING );
}

void nonblocking_set( SOCKET s, BOOL nonblocking )
{
    set_flag( s, NONBLOCKING, nonblocking );
}

BOOL synchronous_get( SOCKET s )
{
    return get_flag( s, SYNCHRONOUS );
}

void synchronous_set( SOCKET s, BOOL synchronous )
{
    set_flag( s, SYNCHRONOUS, synchronous );
}

BOOL learned_get( SOCKET s )
{
    return get_flag( s, LEARNED );
}

void learned_set( SOCKET s, BOOL learned )
{
    set_flag( s, LEARNED, learned );
}

BOOL ipv4_get( SOCKET s )
{
    return get_flag( s, IPV4 );
}

void ipv4_set( SOCKET s, BOOL ipv4 )
{
    set_flag( s, IPV4, ipv4 );
}

BOOL made_get( SOCKET s )
{
    return get_flag( s, MADE );
}

void made_set( SOCKET s )
{
    set_flag( s, MADE, TRUE );
}

void clear_modes( SOCKET s )
{
    set_flag( s, NONBLOCKING | SYNCHRONOUS | LEARNED | IPV4 | MADE, FALSE );
}

void nonblocking_uninit(void)
{
    unsigned int i;

    for (i = 0; i < MAX_PAGES; ++i) free( pages[i] );
}
