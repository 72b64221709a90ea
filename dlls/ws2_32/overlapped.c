/*
 * Completion of overlapped requests of non-IFS providers
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
#include "winioctl.h"

/* Wine's ntdll completes a request on any file handle with the status that it is given (8.0, 10.0). */
#define IOCTL_AFD_WINE_COMPLETE_ASYNC CTL_CODE(FILE_DEVICE_NETWORK, 210, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* The most that one write takes; asked for more, Wine 8.0 corrupted its heap. */
#define MAX_TRANSFER 0x7ffff000

#define ZEROS_GRANULARITY 0x100000

/* A region of at least size bytes that can be read, for NtWriteFile() looks at a byte of every page although
 * NUL takes the data unread. It is never written to, so its pages cost nothing. A smaller one that is replaced
 * may still be in use by another thread and stays: the sizes double, so all of them together are no more than
 * the last. NULL without address space. */
static const void *get_zeros( DWORD size )
{
    struct region
    {
        SIZE_T size;
        const void *data;
    };
    static struct region *current;
    struct region *region = read_pointer_acquire( (void **)&current ), *old;

    while (!region || region->size < size)
    {
        SIZE_T new_size = region ? region->size * 2 : ZEROS_GRANULARITY;
        struct region *new_region;

        while (new_size < size) new_size *= 2;
        if (!(new_region = malloc( sizeof(*new_region) ))) return NULL;
        new_region->size = new_size;
        if (!(new_region->data = VirtualAlloc( NULL, new_size, MEM_RESERVE | MEM_COMMIT, PAGE_READONLY )))
        {
            free( new_region );
            return NULL;
        }
        old = InterlockedCompareExchangePointer( (void **)&current, new_region, region );
        if (old == region) return new_region->data;
        VirtualFree( (void *)new_region->data, 0, MEM_RELEASE );
        free( new_region );
        region = old;
    }
    return region->data;
}

/* Puts a packet into the completion port that the application bound to the handle, if it bound one. */
static NTSTATUS post_packet( HANDLE inner, OVERLAPPED *overlapped, NTSTATUS status, DWORD count,
                             const void *zeros )
{
    LARGE_INTEGER offset = {{0}};
    IO_STATUS_BLOCK io;

    if (!status)
        return NtWriteFile( inner, NULL, NULL, overlapped, &io, (void *)zeros, count, &offset, NULL );

    /* STATUS_NOT_SUPPORTED makes ntdll pass the request on to the server after it has posted the packet (8.0). The
     * other is the same to whoever gets the packet. */
    if (status == STATUS_NOT_SUPPORTED) status = STATUS_FROM_WIN32( ERROR_NOT_SUPPORTED );
    NtDeviceIoControlFile( inner, NULL, NULL, overlapped, &io, IOCTL_AFD_WINE_COMPLETE_ASYNC,
                           &status, sizeof(status), NULL, 0 );
    return STATUS_SUCCESS;
}

/* The order of §4.8: the count is there when the status is, and both are when the event or the packet tells.
 * After the status is written the application may reuse the OVERLAPPED, so hEvent is read before. */
static void complete( HANDLE inner, OVERLAPPED *overlapped, NTSTATUS status, DWORD count, const void *zeros )
{
    HANDLE event = overlapped->hEvent;
    NTSTATUS ret;

    overlapped->InternalHigh = count;
    write_pointer_release( (void **)&overlapped->Internal, (void *)(ULONG_PTR)(ULONG)status );

    if ((ULONG_PTR)event & ~(ULONG_PTR)1) SetEvent( (HANDLE)((ULONG_PTR)event & ~(ULONG_PTR)1) );
    if ((ULONG_PTR)event & 1) return;  /* the caller wants no packet */
    if ((ret = post_packet( inner, overlapped, status, count, zeros )))
        ERR( "No packet for overlapped %p, count %#lx: status %#lx.\n", overlapped, count, ret );
}

/***********************************************************************
 *      WPUCompleteOverlappedRequest   (ws2_32.@)
 *
 * Completes a request on a non-IFS handle with an error, or 0, and a count of bytes (§4.8). Returns 0, or
 * SOCKET_ERROR and has no effect at all, with
 *   WSAEINVAL    for s that is not an open handle from WPUCreateSocketHandle, for a NULL overlapped, and for a count
 *                above MAX_TRANSFER, since a packet could not tell it;
 *   WSAENOBUFS   without address space for the count (32 bit), or memory.
 * The last error stays as it is, and *ret_error too on success; ret_error may be NULL. Offset and OffsetHigh are the
 * provider's and are not written to. A low bit in hEvent asks for no packet. The packet of a failed request always
 * says 0 bytes, as Wine cannot post both; InternalHigh has the count. Any thread, in DllMain too; no lock.
 */
int WINAPI WPUCompleteOverlappedRequest( SOCKET s, OVERLAPPED *overlapped, DWORD error, DWORD count, int *ret_error )
{
    DWORD last_error = GetLastError();
    const void *zeros = NULL;
    HANDLE inner = NULL;
    int code = 0;

    TRACE( "socket %#Ix, overlapped %p, error %lu, count %#lx\n", s, overlapped, error, count );

    if (!overlapped || !(inner = socket_table_acquire_inner( s )))
        code = WSAEINVAL;
    else if (count > MAX_TRANSFER)
    {
        WARN( "A request cannot complete with %#lx bytes, at most %#x.\n", count, MAX_TRANSFER );
        code = WSAEINVAL;
    }
    else if (!error && !(zeros = get_zeros( count )))
    {
        WARN( "No address space to complete a request with %#lx bytes.\n", count );
        code = WSAENOBUFS;
    }
    else
        complete( inner, overlapped, status_from_error( error ), count, zeros );

    if (inner) socket_table_release_inner( s );
    if (code && ret_error) *ret_error = code;
    SetLastError( last_error );
    return code ? SOCKET_ERROR : 0;
}
