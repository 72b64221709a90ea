/*
 * Which sockets are non-blocking
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

/* Wine's Winsock cannot be asked whether a socket is non-blocking. A SOCKET is a wineserver handle: small, dense, a
 * multiple of 4, and reused at once. So there is a byte for each, found by index without a lock; pages come when a
 * socket becomes non-blocking, and stay until the DLL is unloaded. */

#define PAGE_SLOTS 4096
#define MAX_PAGES  4096     /* 16 million handles, more than the wineserver gives to a process */

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

BOOL nonblocking_get( SOCKET s )
{
    const unsigned char *page = get_page( s, FALSE );

    return page && __atomic_load_n( &page[(s >> 2) % PAGE_SLOTS], __ATOMIC_RELAXED );
}

void nonblocking_set( SOCKET s, BOOL nonblocking )
{
    unsigned char *page = get_page( s, nonblocking );

    if (page) __atomic_store_n( &page[(s >> 2) % PAGE_SLOTS], !!nonblocking, __ATOMIC_RELAXED );
}

void nonblocking_uninit(void)
{
    unsigned int i;

    for (i = 0; i < MAX_PAGES; ++i) free( pages[i] );
}
