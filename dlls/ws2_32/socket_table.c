/*
 * Socket table
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

/* The owner word of a slot is the provider's address and these; from socket_table_begin_close() on it is the id of
 * the closing thread, a multiple of 4, in place of the address. Writers change it as a whole. */
#define SLOT_NON_IFS  1
#define SLOT_CLOSING  2
#define SLOT_FLAGS    (SLOT_NON_IFS | SLOT_CLOSING)

/* A non-IFS socket takes two handle values, and so two of these. */
struct slot
{
    ULONG_PTR owner;        /* 0: nobody's */
    DWORD_PTR context;      /* these three are for non-IFS handles */
    LONG inner;             /* a handle of the same file object as the socket, with full access */
    LONG users;             /* 1 while it is open, and 1 for each thread that uses inner */
};

C_ASSERT( sizeof(struct slot) <= 24 );

/* Wine's handle tables end at 0xffffff entries. */
#define MAX_HANDLES 0x1000000
#define PAGE_SLOTS  1024

static struct slot *pages[MAX_HANDLES / PAGE_SLOTS];

static struct slot *find_slot( SOCKET s )
{
    UINT_PTR index = s >> 2;
    struct slot *page;

    if (index >= MAX_HANDLES) return NULL;
    page = read_pointer_acquire( (void **)&pages[index / PAGE_SLOTS] );
    return page ? &page[index % PAGE_SLOTS] : NULL;
}

static struct slot *make_slot( SOCKET s )
{
    UINT_PTR index = s >> 2;
    struct slot *page;

    if (!index || index >= MAX_HANDLES) return NULL;
    if (!find_slot( s ))
    {
        if (!(page = calloc( PAGE_SLOTS, sizeof(*page) ))) return NULL;
        if (InterlockedCompareExchangePointer( (void **)&pages[index / PAGE_SLOTS], page, NULL )) free( page );
    }
    return find_slot( s );
}

static ULONG_PTR read_owner( const struct slot *slot )
{
    return (ULONG_PTR)read_pointer_acquire( (void **)&slot->owner );
}

/* A full barrier: what was written to the slot before is seen by those who see the new owner. */
static void write_owner( struct slot *slot, ULONG_PTR owner )
{
    InterlockedExchangePointer( (void **)&slot->owner, (void *)owner );
}

static BOOL change_owner( struct slot *slot, ULONG_PTR from, ULONG_PTR to )
{
    return InterlockedCompareExchangePointer( (void **)&slot->owner, (void *)to, (void *)from ) == (void *)from;
}

struct provider *socket_table_provider( SOCKET s )
{
    const struct slot *slot = find_slot( s );
    ULONG_PTR owner = slot ? read_owner( slot ) : 0;

    if (owner & SLOT_CLOSING) return NULL;
    return (struct provider *)(owner & ~SLOT_FLAGS);
}

BOOL socket_table_is_closing( SOCKET s )
{
    const struct slot *slot = find_slot( s );

    return slot && (read_owner( slot ) & SLOT_CLOSING);
}

/* The socket's own handle goes last: from then on the value, and so the slot, can be another's. If the application
 * has closed it by CloseHandle() it may be that of a file by now. */
static void release_user( SOCKET s, struct slot *slot )
{
    HANDLE inner = LongToHandle( slot->inner );
    BOOL open;

    if (InterlockedDecrement( &slot->users )) return;
    open = !NtCompareObjects( (HANDLE)s, inner );
    CloseHandle( inner );
    if (open) CloseHandle( (HANDLE)s );
}

/* An application that closed a non-IFS handle by CloseHandle() leaves a slot that nobody closes. When the kernel
 * gives the value to another socket the handle is gone; what is left is the inner one, which a completion may be using
 * yet. Whoever takes the owner away closes the handles: its provider may be doing so at this moment. */
static void forget_lost_handle( SOCKET s, struct slot *slot, ULONG_PTR owner )
{
    if (change_owner( slot, owner, 0 )) release_user( s, slot );
}

/* Whether s is still the non-IFS handle that its slot is about, and not a kernel object that got the value later. */
static BOOL is_open_non_ifs( SOCKET s )
{
    HANDLE inner = socket_table_acquire_inner( s );
    DWORD last_error = GetLastError();
    BOOL ret;

    if (!inner) return FALSE;
    ret = !NtCompareObjects( (HANDLE)s, inner );
    socket_table_release_inner( s );
    SetLastError( last_error );
    return ret;
}

BOOL socket_table_set_ifs( SOCKET s, struct provider *provider )
{
    struct slot *slot = make_slot( s );
    ULONG_PTR owner;

    do
    {
        if (!slot) return FALSE;
        owner = read_owner( slot );
        if (owner & SLOT_NON_IFS)
        {
            if (is_open_non_ifs( s )) return FALSE;
            forget_lost_handle( s, slot, owner );
            owner = 0;
        }
    } while (!change_owner( slot, owner, (ULONG_PTR)provider ));
    return TRUE;
}

struct provider *socket_table_adopt( SOCKET s, struct provider *provider )
{
    struct slot *slot = make_slot( s );

    if (!slot) return NULL;
    return change_owner( slot, 0, (ULONG_PTR)provider ) ? provider : socket_table_provider( s );
}

struct provider *socket_table_begin_close( SOCKET s )
{
    struct slot *slot = find_slot( s );
    ULONG_PTR owner;

    do
    {
        owner = slot ? read_owner( slot ) : 0;
        if (!owner || (owner & SLOT_CLOSING)) return NULL;
    } while (!change_owner( slot, owner, GetCurrentThreadId() | SLOT_CLOSING | (owner & SLOT_NON_IFS) ));
    return (struct provider *)(owner & ~SLOT_FLAGS);
}

/* The kernel may give the value to another socket while WSPCloseSocket is on its way back; that socket has registered
 * itself by then, so the owner is no longer what begin_close left. Not even if it is being closed as well: another
 * thread leaves its own id, and this one can only have closed it from inside WSPCloseSocket, and is done with it. */
void socket_table_end_close( SOCKET s, struct provider *provider, BOOL closed )
{
    ULONG_PTR closing = GetCurrentThreadId() | SLOT_CLOSING;
    struct slot *slot = find_slot( s );

    if (closed)
        change_owner( slot, closing, 0 );
    else if (!change_owner( slot, closing, (ULONG_PTR)provider ))
        change_owner( slot, closing | SLOT_NON_IFS, (ULONG_PTR)provider | SLOT_NON_IFS );
}

/* NUL completes whatever is written to it. The socket names the same file object as the inner handle, so that
 * the completion port which the application binds to it is reached through ours, but cannot be written to. */
static HANDLE open_inner(void)
{
    return CreateFileW( L"\\\\.\\NUL", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                        NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL );
}

/* Returns the slot, or NULL. A value that cannot be used yet is kept from the kernel until we have another. */
static struct slot *open_socket( HANDLE inner, HANDLE *socket )
{
    HANDLE busy, process = GetCurrentProcess();
    struct slot *slot;
    ULONG_PTR owner;

    if (!DuplicateHandle( process, inner, process, socket, SYNCHRONIZE, FALSE, 0 )) return NULL;
    if ((slot = make_slot( (SOCKET)*socket )))
    {
        owner = read_owner( slot );
        if (owner & SLOT_NON_IFS) forget_lost_handle( (SOCKET)*socket, slot, owner );
        if (!(read_owner( slot ) & SLOT_NON_IFS) && !ReadAcquire( &slot->users )) return slot;
    }

    busy = *socket;
    if (slot) slot = open_socket( inner, socket );
    CloseHandle( busy );
    return slot;
}

SOCKET socket_table_create_non_ifs( struct provider *provider, DWORD_PTR context )
{
    HANDLE socket, inner = open_inner();
    struct slot *slot;

    if (inner == INVALID_HANDLE_VALUE) return INVALID_SOCKET;
    if (!(slot = open_socket( inner, &socket )))
    {
        CloseHandle( inner );
        return INVALID_SOCKET;
    }
    /* The value was just given to us, so nobody else has business in the slot, except readers that hold a
     * stale value: they look at owner before and after. */
    write_owner( slot, 0 );
    slot->context = context;
    slot->inner = HandleToLong( inner );
    write_release( &slot->users, 1 );
    write_owner( slot, (ULONG_PTR)provider | SLOT_NON_IFS );
    return (SOCKET)socket;
}

/* A context belongs to the owner word that stands before and after it is read. Between the two the handle may
 * have been closed and made again by the same provider; then both contexts were right at some time during the
 * call: the old one until the close, the new one from before its owner word was written. */
BOOL socket_table_context( SOCKET s, DWORD_PTR *context )
{
    struct slot *slot = find_slot( s );
    ULONG_PTR owner;
    void *value;

    if (!slot) return FALSE;
    do
    {
        if (!((owner = read_owner( slot )) & SLOT_NON_IFS)) return FALSE;
        value = read_pointer_acquire( (void **)&slot->context );
    } while (owner != read_owner( slot ));
    *context = (DWORD_PTR)value;
    return TRUE;
}

BOOL socket_table_close_non_ifs( SOCKET s )
{
    struct slot *slot = find_slot( s );
    ULONG_PTR owner;

    do
    {
        owner = slot ? read_owner( slot ) : 0;
        if (!(owner & SLOT_NON_IFS)) return FALSE;
    } while (!change_owner( slot, owner, 0 ));
    release_user( s, slot );
    return TRUE;
}

/* users is raised only from a value above 0, so the handles are open from then on; the owner word is looked at
 * after that, since what was raised may be the count of a later handle in the slot, or of one just closed. */
HANDLE socket_table_acquire_inner( SOCKET s )
{
    struct slot *slot = find_slot( s );
    LONG users;

    do
    {
        users = slot ? ReadAcquire( &slot->users ) : 0;
        if (users <= 0) return NULL;
    } while (InterlockedCompareExchange( &slot->users, users + 1, users ) != users);

    if (read_owner( slot ) & SLOT_NON_IFS) return LongToHandle( slot->inner );
    release_user( s, slot );
    return NULL;
}

void socket_table_release_inner( SOCKET s )
{
    release_user( s, find_slot( s ) );
}

void socket_table_clear(void)
{
    unsigned int i, j;

    for (i = 0; i < ARRAY_SIZE(pages); ++i)
    {
        for (j = 0; pages[i] && j < PAGE_SLOTS; ++j)
        {
            SOCKET s = ((SOCKET)i * PAGE_SLOTS + j) << 2;

            if (!socket_table_close_non_ifs( s )) write_owner( &pages[i][j], 0 );
        }
    }
}
